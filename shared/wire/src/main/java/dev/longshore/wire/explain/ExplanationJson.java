package dev.longshore.wire.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.plan.EnvironmentLook;
import dev.longshore.core.usecase.JobExplanation;
import dev.longshore.core.usecase.JobExplanation.Dependency;
import dev.longshore.core.usecase.JobExplanation.HasHost;
import dev.longshore.core.usecase.JobExplanation.Held;
import dev.longshore.core.usecase.JobExplanation.IsOver;
import dev.longshore.core.usecase.JobExplanation.Line;
import dev.longshore.core.usecase.JobExplanation.WaitsForChildren;
import dev.longshore.core.usecase.JobExplanation.WaitsForJobs;
import dev.longshore.core.usecase.JobExplanation.WaitsForRetry;
import dev.longshore.core.usecase.JobExplanation.WaitsForRoom;
import dev.longshore.wire.Arns;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An explanation as JSON. Times are epoch ms, like all of the API's. */
final class ExplanationJson {
  private final Arns arns;

  /** With ARNs of this region and account. */
  ExplanationJson(Arns arns) {
    this.arns = arns;
  }

  ObjectNode of(JobExplanation explanation) {
    Job job = explanation.view().job();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jobId", job.key().toString());
    json.put("jobArn", arns.job(job.key()));
    json.put("jobName", job.spec().name());
    json.put("jobQueue", job.spec().queue());
    json.put("status", job.status().name());
    text(json, "statusReason", explanation.view().statusReason());
    json.put("summary", Summary.of(explanation));
    StopRequest stop = job.stop();
    if (stop != null) {
      json.putObject("stopRequest")
          .put("kind", stop.kind().name())
          .put("reason", stop.reason())
          .put("requestedAt", stop.at());
    }
    switch (explanation.why()) {
      case WaitsForJobs(var dependencies) -> {
        ArrayNode list = json.put("waitsFor", "DEPENDENCIES").putArray("dependencies");
        dependencies.forEach(one -> dependency(list.addObject(), one));
      }
      case WaitsForRetry(long notBefore) ->
          json.put("waitsFor", "RETRY").put("notBefore", notBefore);
      case WaitsForChildren(Map<JobStatus, Integer> summary) -> {
        ObjectNode counts = json.put("waitsFor", "CHILDREN").putObject("statusSummary");
        new TreeMap<>(summary).forEach((status, count) -> counts.put(status.name(), count));
      }
      case WaitsForRoom room -> room(json, room, job.spec().nodes());
      case HasHost(Dispatch dispatch, String task, long startedAt) -> {
        ObjectNode place = place(json.putObject("placement"), dispatch, task);
        time(place.put("placedAt", dispatch.placedAt()), "startedAt", startedAt);
      }
      case IsOver(var end) ->
          time(json.putObject("end").put("reason", end.reason()), "stoppedAt", end.stoppedAt());
    }
    ArrayNode attempts = json.putArray("attempts");
    job.attempts().forEach(attempt -> attempt(attempts.addObject(), attempt));
    return json;
  }

  private static void dependency(ObjectNode json, Dependency dependency) {
    json.put("jobId", dependency.key().toString());
    Job job = dependency.job();
    if (job == null) {
      json.put("detail", "This job is not known any more.");
      return;
    }
    json.put("jobName", job.spec().name());
    json.put("jobQueue", job.spec().queue());
    json.put("status", job.status().name());
  }

  private static void room(ObjectNode json, WaitsForRoom room, @Nullable NodeGroups nodes) {
    json.put("waitsFor", "ROOM");
    json.put("canNeverRun", room.neverRuns());
    ObjectNode asks =
        json.putObject("asksFor")
            .put("vcpus", room.asks().vcpus())
            .put("memory", room.asks().memoryMib())
            .put("gpus", room.asks().gpus());
    if (nodes != null) {
      asks.put("nodes", nodes.count());
    }
    Held hold = room.hold();
    if (hold != null) {
      time(json.putObject("hold").put("reason", hold.text()), "since", hold.since());
    }
    Line line = room.line();
    if (line != null) {
      queue(json.putObject("queue"), line);
    }
    int launching = room.environments().stream().mapToInt(EnvironmentLook::launching).sum();
    json.putObject("capacity").put("onItsWay", launching > 0).put("hostsLaunching", launching);
    ArrayNode environments = json.putArray("environments");
    room.environments().forEach(look -> environment(environments.addObject(), look));
  }

  private static void queue(ObjectNode json, Line line) {
    JobQueue queue = line.queue();
    json.put("name", queue.name());
    json.put("state", queue.enabled() ? "ENABLED" : "DISABLED");
    json.put("status", queue.status().name());
    json.put("priority", queue.priority());
    if (line.ahead() >= 0) {
      json.put("jobsAhead", line.ahead());
    }
    JobKey head = line.head();
    if (head != null) {
      text(json.putObject("head").put("jobId", head.toString()), "reason", line.headReason());
    }
  }

  private static void environment(ObjectNode json, EnvironmentLook look) {
    json.put("name", look.environment());
    json.put("verdict", look.verdict().name());
    json.put("detail", look.detail());
    json.put("never", look.verdict().isForGood());
    json.put("vcpus", look.vcpus());
    json.put("maxvCpus", look.maxVcpus());
    json.put("hostsLaunching", look.launching());
    time(json, "launchingSince", look.launchingSince());
  }

  private void attempt(ObjectNode json, Attempt attempt) {
    place(json, attempt.dispatch(), attempt.task());
    time(json, "startedAt", attempt.startedAt());
    json.put("stoppedAt", attempt.stoppedAt());
    Integer exitCode = attempt.exitCode();
    if (exitCode != null) {
      json.put("exitCode", exitCode.intValue());
    }
    text(json, "reason", attempt.reason());
    json.put("statusReason", attempt.statusReason());
  }

  private ObjectNode place(ObjectNode json, Dispatch dispatch, @Nullable String task) {
    String environment = dispatch.host().environment();
    json.put("attempt", dispatch.attempt());
    json.put("computeEnvironment", environment);
    json.put("instance", dispatch.host().instance());
    json.put(
        "containerInstanceArn", arns.containerInstance(environment, dispatch.containerInstance()));
    text(json, "taskArn", task == null ? null : arns.task(environment, task));
    return json;
  }

  private static void text(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void time(ObjectNode json, String name, long millis) {
    if (millis > 0) {
      json.put(name, millis);
    }
  }
}
