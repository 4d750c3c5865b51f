package dev.longshore.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a multi-node parallel job as the engine needs them ({@code batch-semantics} 8). All
 * of them are placed together or none is, each alone on a host.
 *
 * @param main index of the main node, whose outcome is the job's
 * @param groups runs of nodes that ask for the same, in the order of their indexes
 * @param instanceType the only type they run on, absent when any will do
 */
public record NodeGroups(int main, List<Group> groups, @Nullable String instanceType) {

  public NodeGroups {
    groups = List.copyOf(groups);
  }

  /**
   * Nodes that follow each other and ask for the same.
   *
   * @param count how many, at least 1
   * @param shape what each of them asks for
   */
  public record Group(int count, Shape shape) {}

  /** How many nodes, the main one included. */
  public int count() {
    return groups.stream().mapToInt(Group::count).sum();
  }

  /**
   * What a node asks for.
   *
   * @throws IllegalArgumentException when there is no node with this index
   */
  public Shape shapeOf(int node) {
    int first = 0;
    for (Group group : groups) {
      if (node >= first && node < first + group.count()) {
        return group.shape();
      }
      first += group.count();
    }
    throw new IllegalArgumentException("no node " + node + " of " + count());
  }
}
