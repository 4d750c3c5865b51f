package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The nodes of a multi-node job as a short text: index of the main node, instance type or nothing,
 * then each group as its count and shape, all separated by commas.
 */
final class NodesText {
  private static final int GROUPS_FROM = 2;

  private NodesText() {}

  static String write(NodeGroups nodes) {
    String groups =
        nodes.groups().stream()
            .map(group -> group.count() + "*" + SpecCodec.shape(group.shape()))
            .collect(Collectors.joining(","));
    String type = nodes.instanceType() == null ? "" : nodes.instanceType();
    return nodes.main() + "," + type + "," + groups;
  }

  static NodeGroups read(String text) {
    List<String> parts = List.of(text.split(",", -1));
    List<Group> groups = new ArrayList<>();
    for (String group : parts.subList(GROUPS_FROM, parts.size())) {
      int times = group.indexOf('*');
      groups.add(
          new Group(
              Integer.parseInt(group.substring(0, times)),
              SpecCodec.shape(group.substring(times + 1))));
    }
    String type = parts.get(1);
    return new NodeGroups(Integer.parseInt(parts.get(0)), groups, type.isEmpty() ? null : type);
  }
}
