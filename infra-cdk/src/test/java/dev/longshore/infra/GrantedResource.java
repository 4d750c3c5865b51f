package dev.longshore.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.aws.dynamodb.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A resource of a statement in the words of {@code permissions.txt}. */
final class GrantedResource {
  static final String JOB_ROLE = "arn:aws:iam::111122223333:role/job";
  static final String INSTANCE_ROLE = "arn:aws:iam::111122223333:role/instance";

  /** Resources of the stack, by the beginning of their names in the template. */
  private static final Map<String, String> OWN =
      Map.of(
          "Jobs", "table",
          "SchedulerNudges", "scheduler nudges",
          "CapacityNudges", "capacity nudges",
          "Work", "work",
          "Repairs", "repairs",
          "Ticks", "ticks",
          "TaskEvents", "task events",
          "ProgressFailures", "failures of progress",
          "PublishFailures", "failures of publish",
          "AuditFailures", "failures of audit");

  private static final String LOG = "FunctionLog";

  /** What others own, by the end of its ARN. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("cluster/*_Batch_*", "cluster"),
          Map.entry("task/*_Batch_*", "task"),
          Map.entry("container-instance/*_Batch_*", "container-instance"),
          Map.entry("task-definition/longshore-*", "task-definition"),
          Map.entry("event-bus/default", "bus"),
          Map.entry("parameter/aws/service/ecs/optimized-ami/*", "image parameter"),
          Map.entry("instance/*", "instance"),
          Map.entry("volume/*", "volume"),
          Map.entry("network-interface/*", "network-interface"),
          Map.entry("security-group/*", "security-group"),
          Map.entry("key-pair/*", "key-pair"),
          Map.entry("launch-template/*", "launch-template"),
          Map.entry("placement-group/*", "placement-group"),
          Map.entry("image/*", "image"),
          Map.entry("subnet/subnet-1", "subnet"),
          Map.entry("subnet/subnet-2", "subnet"));

  private static final String SERVICE_ROLE = "role/aws-service-role/";

  private GrantedResource() {}

  /** The word; the resource as it is where there is none. */
  static String word(JsonNode resource) {
    JsonNode attribute = resource.path("Fn::GetAtt");
    if (!attribute.isMissingNode()) {
      return own(attribute.get(0).asText(), attribute.get(1).asText());
    }
    return switch (resource.asText()) {
      case "*" -> "*";
      case JOB_ROLE -> "job role";
      case INSTANCE_ROLE -> "instance role";
      default -> joined(resource.path("Fn::Join").path(1));
    };
  }

  private static String own(String name, String attribute) {
    if (attribute.equals("StreamArn")) {
      return "stream";
    }
    // Each function's own; which one, the template's tests say.
    return name.contains(LOG) ? "log" : named(name, OWN);
  }

  private static String named(String name, Map<String, String> words) {
    // Eight characters are added to each name.
    return words.getOrDefault(name.substring(0, Math.max(0, name.length() - 8)), name);
  }

  private static String joined(JsonNode parts) {
    List<JsonNode> all = new ArrayList<>();
    parts.forEach(all::add);
    if (all.isEmpty()) {
      return parts.toString();
    }
    JsonNode first = all.getFirst();
    String last = all.getLast().asText();
    if (first.has("Fn::GetAtt") && last.equals("/index/" + TableLayout.INDEX)) {
      return word(first) + "/index";
    }
    int service = last.indexOf(SERVICE_ROLE);
    if (service >= 0) {
      return "service role " + last.substring(service + SERVICE_ROLE.length()).replace("/*", "");
    }
    return OTHERS.getOrDefault(last.substring(last.lastIndexOf(':') + 1), parts.toString());
  }
}
