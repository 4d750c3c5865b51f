package dev.longshore.local.companion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.logs.LogStore.StreamFacts;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.jobs.LogStreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Lists of log groups and streams. A token is the number of entries that were given before. */
final class LogLists {
  private static final int PAGE = 50;

  private final LogStore logs;

  LogLists(LogStore logs) {
    this.logs = logs;
  }

  /** The group that a call names, by name or ARN; it must exist. */
  String group(CompanionCall call) {
    String group =
        call.text("logGroupName")
            .or(() -> call.text("logGroupIdentifier").map(LogLists::nameInArn))
            .orElseThrow(() -> CompanionFault.invalid("logGroupName is required."));
    if (!groups().contains(group)) {
      throw new CompanionFault(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    return group;
  }

  private static String nameInArn(String identifier) {
    int at = identifier.indexOf(":log-group:");
    String name = at < 0 ? identifier : identifier.substring(at + ":log-group:".length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  /** The group of jobs is always there, the others since their first stream. */
  private List<String> groups() {
    TreeSet<String> groups = new TreeSet<>(logs.groups());
    groups.add(LogStreams.GROUP);
    return List.copyOf(groups);
  }

  ObjectNode groups(CompanionCall call, Caller caller) {
    String prefix = call.text("logGroupNamePrefix").orElse("");
    String pattern = call.text("logGroupNamePattern").orElse("");
    List<String> names =
        groups().stream().filter(it -> it.startsWith(prefix) && it.contains(pattern)).toList();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode groups = body.putArray("logGroups");
    for (String name : page(names, call, body)) {
      groups
          .addObject()
          .put("logGroupName", name)
          .put("creationTime", 0)
          .put("metricFilterCount", 0)
          .put("storedBytes", 0)
          .put("arn", arn(caller, name) + ":*");
    }
    return body;
  }

  ObjectNode streams(CompanionCall call, Caller caller) {
    String group = group(call);
    String prefix = call.text("logStreamNamePrefix").orElse("");
    boolean byTime = call.text("orderBy").orElse("").equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw CompanionFault.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    List<StreamFacts> found = new ArrayList<>(logs.streams(group, prefix));
    if (byTime) {
      found.sort(Comparator.comparingLong(StreamFacts::writtenAt));
    }
    if (call.input().path("descending").asBoolean()) {
      Collections.reverse(found);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode streams = body.putArray("logStreams");
    for (StreamFacts facts : page(found, call, body)) {
      String name = facts.name().stream();
      ObjectNode stream =
          streams
              .addObject()
              .put("logStreamName", name)
              .put("creationTime", facts.createdAt())
              .put("arn", arn(caller, group) + ":log-stream:" + name)
              .put("storedBytes", 0);
      if (facts.bytes() > 0) {
        stream
            .put("firstEventTimestamp", facts.createdAt())
            .put("lastEventTimestamp", facts.writtenAt())
            .put("lastIngestionTime", facts.writtenAt());
      }
    }
    return body;
  }

  private static String arn(Caller caller, String group) {
    return "arn:aws:logs:%s:%s:log-group:%s".formatted(caller.region(), caller.account(), group);
  }

  private static <T> List<T> page(List<T> all, CompanionCall call, ObjectNode body) {
    int limit = call.limit(PAGE, PAGE);
    int from = Math.min(all.size(), call.text("nextToken").map(LogLists::position).orElse(0));
    int to = Math.min(all.size(), from + limit);
    if (to < all.size()) {
      body.put("nextToken", Integer.toString(to));
    }
    return all.subList(from, to);
  }

  private static int position(String token) {
    try {
      return Math.max(0, Integer.parseInt(token));
    } catch (NumberFormatException e) {
      throw CompanionFault.invalid("The specified nextToken is invalid.");
    }
  }
}
