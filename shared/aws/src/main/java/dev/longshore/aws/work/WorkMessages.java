package dev.longshore.aws.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.WorkQueue.Work;
import org.jspecify.annotations.Nullable;

/** Bodies of the work queue's messages: a JSON object whose {@code work} says which portion. */
public final class WorkMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WorkMessages() {}

  /** The body of a message. */
  public static String write(Work work) {
    ObjectNode body = JSON.createObjectNode().put("work", work.getClass().getSimpleName());
    switch (work) {
      case Work.SettleDependents(JobId target, JobId after) -> {
        body.put("target", target.toString());
        if (after != null) {
          body.put("after", after.toString());
        }
      }
      case Work.SettlePairs(JobId target, int page, JobId after) -> {
        body.put("target", target.toString()).put("page", page);
        if (after != null) {
          body.put("after", after.toString());
        }
      }
      case Work.StopChildren(JobId parent, int page) ->
          body.put("parent", parent.toString()).put("page", page);
      case Work.StartNodes(JobId parent, int from) ->
          body.put("parent", parent.toString()).put("from", from);
      case Work.StopNodes(JobId parent, int from) ->
          body.put("parent", parent.toString()).put("from", from);
      case Work.EmptyQueue(String queue, int quietRounds) ->
          body.put("queue", queue).put("quietRounds", quietRounds);
      case Work.Wake(String queue) -> body.put("queue", queue);
      case Work.StartTask(JobKey job) -> body.put("job", job.toString());
      case Work.StopTask(JobKey job) -> body.put("job", job.toString());
      case Work.StopStray(AttemptKey attempt, HostId host, String task) ->
          body.put("attempt", attempt.text())
              .put("environment", host.environment())
              .put("instance", host.instance())
              .put("task", task);
      case Work.StopHost(HostId host) ->
          body.put("environment", host.environment()).put("instance", host.instance());
      case Work.CheckHost(HostId host, int checks) ->
          body.put("environment", host.environment())
              .put("instance", host.instance())
              .put("checks", checks);
    }
    return body.toString();
  }

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException when it is none that {@link #write} makes
   */
  public static Work read(String body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a portion of work: " + e.getOriginalMessage(), e);
    }
    return switch (json.path("work").asText()) {
      case "SettleDependents" ->
          new Work.SettleDependents(JobId.of(text(json, "target")), after(json));
      case "SettlePairs" ->
          new Work.SettlePairs(
              JobId.of(text(json, "target")), json.path("page").asInt(), after(json));
      case "StopChildren" ->
          new Work.StopChildren(JobId.of(text(json, "parent")), json.path("page").asInt());
      case "StartNodes" ->
          new Work.StartNodes(JobId.of(text(json, "parent")), json.path("from").asInt());
      case "StopNodes" ->
          new Work.StopNodes(JobId.of(text(json, "parent")), json.path("from").asInt());
      case "EmptyQueue" ->
          new Work.EmptyQueue(text(json, "queue"), json.path("quietRounds").asInt());
      case "Wake" -> new Work.Wake(text(json, "queue"));
      case "StartTask" -> new Work.StartTask(job(json));
      case "StopTask" -> new Work.StopTask(job(json));
      case "StopStray" ->
          new Work.StopStray(
              AttemptKey.parse(text(json, "attempt")).orElseThrow(() -> wrong(json, "attempt")),
              host(json),
              text(json, "task"));
      case "StopHost" -> new Work.StopHost(host(json));
      case "CheckHost" -> new Work.CheckHost(host(json), json.path("checks").asInt());
      default -> throw wrong(json, "work");
    };
  }

  private static @Nullable JobId after(JsonNode json) {
    return json.has("after") ? JobId.of(text(json, "after")) : null;
  }

  private static HostId host(JsonNode json) {
    return new HostId(text(json, "environment"), text(json, "instance"));
  }

  private static JobKey job(JsonNode json) {
    return JobKey.parse(text(json, "job")).orElseThrow(() -> wrong(json, "job"));
  }

  private static String text(JsonNode json, String member) {
    if (!json.path(member).isTextual()) {
      throw wrong(json, member);
    }
    return json.path(member).textValue();
  }

  private static IllegalArgumentException wrong(JsonNode json, String member) {
    return new IllegalArgumentException("no portion of work has this " + member + ": " + json);
  }
}
