package dev.longshore.local.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.wire.http.Caller;

/** There is no ECS behind local mode: what is asked for by ARN is missing, lists are empty. */
final class EcsService implements Companion {
  @Override
  public Reply answer(CompanionCall call, Caller caller) {
    return switch (call.operation()) {
      case "DescribeTasks" -> missing(call, "tasks", "tasks");
      case "DescribeContainerInstances" ->
          missing(call, "containerInstances", "containerInstances");
      case "DescribeClusters" -> missing(call, "clusters", "clusters");
      case "ListTasks" -> empty("taskArns");
      case "ListContainerInstances" -> empty("containerInstanceArns");
      case "ListClusters" -> empty("clusterArns");
      default -> throw CompanionFault.unknownOperation(call.operation());
    };
  }

  private static Reply empty(String member) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray(member);
    return new Reply.Json(body);
  }

  private static Reply missing(CompanionCall call, String asked, String answered) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray(answered);
    ArrayNode failures = body.putArray("failures");
    for (JsonNode arn : call.input().path(asked)) {
      failures.addObject().put("arn", arn.asText()).put("reason", "MISSING");
    }
    return new Reply.Json(body);
  }
}
