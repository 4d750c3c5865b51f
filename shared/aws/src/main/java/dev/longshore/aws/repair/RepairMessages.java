package dev.longshore.aws.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.aws.repair.Repair.Task;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.Change;
import java.util.Optional;

/**
 * Bodies of the repair queue's messages: a JSON object whose {@code repair} says what is to be
 * done. A person may write one: {@code {"repair":"Job","job":"ID"}}.
 */
public final class RepairMessages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KIND = "repair";
  private static final String TRIES = "tries";
  private static final String EVENT = "event";

  private RepairMessages() {}

  /** The body of a message. */
  public static String write(Repair repair) {
    ObjectNode body = JSON.createObjectNode();
    switch (repair.task()) {
      case Task.Follow(Change change) -> {
        switch (change) {
          case Change.JobChanged(JobKey key) -> body.put(KIND, "Job").put("job", key.toString());
          case Change.PageChanged(JobId job, int page) ->
              body.put(KIND, "Page").put("job", job.toString()).put("page", page);
          case Change.QueueChanged(String name) -> body.put(KIND, "Queue").put("queue", name);
          case Change.EnvironmentChanged(String name) ->
              body.put(KIND, "Environment").put("environment", name);
        }
      }
      case Task.Publish(String event) -> body.put(KIND, "Event").set(EVENT, parsed(event));
    }
    return body.put(TRIES, repair.tries()).toString();
  }

  /**
   * Reads a body; empty when it is no repair at all.
   *
   * @throws IllegalArgumentException when it is one, and does not say what is to be done
   */
  public static Optional<Repair> read(String body) {
    JsonNode json = parsed(body);
    return json.has(KIND)
        ? Optional.of(new Repair(task(json), json.path(TRIES).asInt()))
        : Optional.empty();
  }

  private static Task task(JsonNode json) {
    return switch (json.path(KIND).asText()) {
      case "Job" -> {
        String key = text(json, "job");
        yield new Task.Follow(
            new Change.JobChanged(JobKey.parse(key).orElseThrow(() -> wrong(json, "job"))));
      }
      case "Page" ->
          new Task.Follow(
              new Change.PageChanged(JobId.of(text(json, "job")), json.path("page").asInt()));
      case "Queue" -> new Task.Follow(new Change.QueueChanged(text(json, "queue")));
      case "Environment" ->
          new Task.Follow(new Change.EnvironmentChanged(text(json, "environment")));
      case "Event" -> {
        if (!json.path(EVENT).isObject()) {
          throw wrong(json, EVENT);
        }
        yield new Task.Publish(json.path(EVENT).toString());
      }
      default -> throw wrong(json, KIND);
    };
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(JsonNode json, String member) {
    if (!json.path(member).isTextual()) {
      throw wrong(json, member);
    }
    return json.path(member).textValue();
  }

  private static IllegalArgumentException wrong(JsonNode json, String member) {
    return new IllegalArgumentException("no repair has this " + member + ": " + json);
  }
}
