package dev.longshore.wire.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Keeps details of events within what EventBridge takes ({@code batch-semantics} 18.1). A detail
 * that is larger loses members, one kind after another until it fits, and says so: {@code
 * truncated} is true and {@code longshore.leftOut} names the kinds. What identifies the job, its
 * status and its reason always stay.
 */
final class DetailLimit {
  /** EventBridge counts 256 KiB for the whole entry; the rest of it stays below 8 KiB. */
  static final int BYTES = 248 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What may be large, in the order in which it is left out. */
  private static final List<String> KINDS =
      List.of(
          "environment",
          "attempts",
          "ecsProperties",
          "nodeProperties",
          "container",
          "parameters",
          "dependsOn",
          "tags");

  private DetailLimit() {}

  /** The detail, or as much of it as is at most so many bytes long. */
  static String within(String detail, int limit) {
    if (fits(detail, limit)) {
      return detail;
    }
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(detail);
      root.put("truncated", true);
      ArrayNode leftOut = root.withObject("/longshore").putArray("leftOut");
      String text = detail;
      for (String kind : KINDS) {
        leftOut.add(kind);
        leaveOut(kind, root);
        text = JSON.writeValueAsString(root);
        if (fits(text, limit)) {
          break;
        }
      }
      return text;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no detail of an event: " + detail, e);
    }
  }

  private static boolean fits(String text, int limit) {
    return text.length() <= limit && text.getBytes(UTF_8).length <= limit;
  }

  private static void leaveOut(String kind, ObjectNode root) {
    switch (kind) {
      case "environment" ->
          List.of("container", "ecsProperties", "nodeProperties")
              .forEach(part -> withoutEnvironment(root.path(part)));
      case "attempts" -> {
        // The last one says why the job is where it is.
        ArrayNode attempts = root.withArray("/attempts");
        while (attempts.size() > 1) {
          attempts.remove(0);
        }
      }
      default -> root.remove(kind);
    }
  }

  private static void withoutEnvironment(JsonNode part) {
    if (part instanceof ObjectNode members) {
      members.remove("environment");
    }
    part.forEach(DetailLimit::withoutEnvironment);
  }
}
