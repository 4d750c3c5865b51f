package dev.longshore.wire.explain;

import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.plan.EnvironmentLook;
import dev.longshore.core.usecase.JobExplanation;
import dev.longshore.core.usecase.JobExplanation.Dependency;
import dev.longshore.core.usecase.JobExplanation.HasHost;
import dev.longshore.core.usecase.JobExplanation.IsOver;
import dev.longshore.core.usecase.JobExplanation.WaitsForChildren;
import dev.longshore.core.usecase.JobExplanation.WaitsForJobs;
import dev.longshore.core.usecase.JobExplanation.WaitsForRetry;
import dev.longshore.core.usecase.JobExplanation.WaitsForRoom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An explanation in a sentence or two, for people. */
final class Summary {
  private static final int NAMED = 5;

  private Summary() {}

  static String of(JobExplanation explanation) {
    Job job = explanation.view().job();
    return switch (explanation.why()) {
      case WaitsForJobs(List<Dependency> dependencies) -> dependencies(dependencies);
      case WaitsForRetry(long notBefore) ->
          "The last attempt could not start; the next one is made after "
              + Instant.ofEpochMilli(notBefore)
              + ".";
      case WaitsForChildren(Map<JobStatus, Integer> summary) -> children(summary);
      case WaitsForRoom room -> room(room);
      case HasHost(var dispatch, _, long startedAt) -> {
        HostId host = dispatch.host();
        yield (startedAt > 0 ? "It runs on " : "It is being started on ")
            + host.instance()
            + " of "
            + host.environment()
            + (job.stop() == null ? "." : " and was told to stop: " + job.stop().reason());
      }
      case IsOver(var end) -> over(job, end.reason());
    };
  }

  private static String dependencies(List<Dependency> dependencies) {
    if (dependencies.isEmpty()) {
      return "It waits for its turn among the children of its array.";
    }
    String named =
        dependencies.stream()
            .limit(NAMED)
            .map(one -> one.key() + " (" + status(one) + ")")
            .collect(Collectors.joining(", "));
    int more = dependencies.size() - NAMED;
    return "It waits for " + named + (more > 0 ? " and " + more + " more." : ".");
  }

  private static String status(Dependency dependency) {
    Job job = dependency.job();
    return job == null ? "not known any more" : job.status().name();
  }

  private static String children(Map<JobStatus, Integer> summary) {
    int all = summary.values().stream().mapToInt(Integer::intValue).sum();
    int over =
        summary.getOrDefault(JobStatus.SUCCEEDED, 0) + summary.getOrDefault(JobStatus.FAILED, 0);
    return "It ends with the last of its children; %d of %d are over.".formatted(over, all);
  }

  private static String room(WaitsForRoom room) {
    if (room.line() == null) {
      return "Its queue is gone.";
    }
    JobExplanation.Held hold = room.hold();
    if (hold == null) {
      return "There is room for it: the next round places it.";
    }
    int launching = room.environments().stream().mapToInt(EnvironmentLook::launching).sum();
    String never = room.neverRuns() ? " It can never run as its queue is configured." : "";
    String coming =
        launching > 0
            ? " Capacity is on its way: %d hosts are launching.".formatted(launching)
            : "";
    return hold.text() + (hold.text().endsWith(".") ? "" : ".") + never + coming;
  }

  private static String over(Job job, String reason) {
    String how = job.status() == JobStatus.SUCCEEDED ? "It succeeded" : "It failed";
    String where =
        job.lastAttempt()
            .map(last ->
                " on "
                    + last.dispatch().host().instance()
                    + " of "
                    + last.dispatch().host().environment()
                    + " in attempt "
                    + last.dispatch().attempt()
                    + (last.exitCode() == null ? "" : " with exit code " + last.exitCode()))
            .orElse(job.isArrayParent() ? "" : " without having run");
    return how + where + (reason.isEmpty() ? "." : ": " + reason);
  }
}
