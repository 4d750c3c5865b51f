package dev.longshore.wire.jobs;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.usecase.JobDescription;
import dev.longshore.wire.Arns;
import dev.longshore.wire.codec.WireJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ArrayPropertiesDetail;
import software.amazon.awssdk.services.batch.model.AttemptContainerDetail;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.EvaluateOnExit;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobTimeout;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.RetryStrategy;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/**
 * Jobs as DescribeJobs shows them ({@code batch-semantics} 4). For one answer: each definition is
 * read once.
 */
public final class JobDetails {
  private final Arns arns;
  private final Map<DefinitionId, JobDefinition> definitions = new HashMap<>();

  /** Details with ARNs of this region and account. */
  public JobDetails(Arns arns) {
    this.arns = arns;
  }

  /** All of a job; members that its state does not have are absent (4.2). */
  public JobDetail of(JobDescription description) {
    Job job = description.view().job();
    JobSpec spec = job.spec();
    JobDefinition definition = definition(description);
    SubmitJobRequest submission =
        WireJson.read(description.document().json(), SubmitJobRequest.builder());
    boolean child = job.key().member() == Member.CHILD;
    JobDetail.Builder detail =
        JobDetail.builder()
            .jobArn(arns.job(job.key()))
            .jobName(spec.name())
            .jobId(job.key().toString())
            .jobQueue(arns.queue(spec.queue()))
            .status(job.status().name())
            .statusReason(description.view().statusReason())
            .createdAt(spec.createdAt())
            .startedAt(startedAt(job))
            .stoppedAt(stoppedAt(job))
            .jobDefinition(arns.definition(spec.definition()))
            .retryStrategy(retry(spec))
            .timeout(timeout(spec))
            .shareIdentifier(spec.share())
            .schedulingPriority(spec.share() == null ? null : spec.priority())
            .arrayProperties(array(description))
            .dependsOn(child ? List.of() : List.copyOf(submission.dependsOn()))
            .parameters(Parameters.of(definition.parameters(), submission.parameters()).values())
            .tags(child ? Map.of() : description.document().tags())
            .propagateTags(propagates(definition, submission))
            .platformCapabilities(capabilities(definition))
            .isCancelled(stoppedBy(job, StopRequest.Kind.CANCEL))
            .isTerminated(stoppedBy(job, StopRequest.Kind.TERMINATE));
    if (definition.containerProperties() == null) {
      return detail
          .attempts(job.attempts().stream().map(attempt -> attempt(attempt, null)).toList())
          .build();
    }
    EffectiveContainer container = EffectiveContainer.of(definition, submission);
    return detail
        .attempts(
            job.attempts().stream().map(one -> attempt(one, logs(job, container, one))).toList())
        .container(container(job, container))
        .build();
  }

  private JobDefinition definition(JobDescription description) {
    var stored = description.definition();
    return stored == null
        ? JobDefinition.builder().build()
        : definitions.computeIfAbsent(
            stored.id(), _ -> WireJson.read(stored.document(), JobDefinition.builder()));
  }

  /** Of the latest attempt; absent before one ran. */
  static @Nullable Long startedAt(Job job) {
    return switch (job.state()) {
      case JobState.Running running -> running.startedAt();
      case JobState.Ended _ ->
          job.lastAttempt().map(Attempt::startedAt).filter(at -> at > 0).orElse(null);
      case JobState.Pending _, JobState.Runnable _, JobState.Open _, JobState.Starting _ -> null;
    };
  }

  static @Nullable Long stoppedAt(Job job) {
    return (job.state() instanceof JobState.Ended ended && ended.stoppedAt() > 0)
        ? ended.stoppedAt()
        : null;
  }

  private static @Nullable Boolean stoppedBy(Job job, StopRequest.Kind kind) {
    StopRequest stop = job.stop();
    return (stop != null && stop.kind() == kind) ? true : null;
  }

  /** Actions come out in lower case, as the service writes them ({@code batch-semantics} 9.1). */
  private static RetryStrategy retry(JobSpec spec) {
    return RetryStrategy.builder()
        .attempts(spec.retry().attempts())
        .evaluateOnExit(spec.retry().rules().stream().map(JobDetails::condition).toList())
        .build();
  }

  private static EvaluateOnExit condition(ExitRule rule) {
    return EvaluateOnExit.builder()
        .onStatusReason(rule.onStatusReason())
        .onReason(rule.onReason())
        .onExitCode(rule.onExitCode())
        .action(rule.retry() ? "retry" : "exit")
        .build();
  }

  private static @Nullable JobTimeout timeout(JobSpec spec) {
    return spec.timeoutSeconds() == 0
        ? null
        : JobTimeout.builder().attemptDurationSeconds(spec.timeoutSeconds()).build();
  }

  private static @Nullable ArrayPropertiesDetail array(JobDescription description) {
    Job job = description.view().job();
    if (job.key().member() == Member.CHILD) {
      return ArrayPropertiesDetail.builder().index(job.key().index()).build();
    }
    if (!job.isArrayParent()) {
      return null;
    }
    Map<String, Integer> summary = new HashMap<>();
    description.summary().forEach((status, count) -> summary.put(status.name(), count));
    return ArrayPropertiesDetail.builder()
        .size(job.spec().arraySize())
        .statusSummary(summary)
        .build();
  }

  private static boolean propagates(JobDefinition definition, SubmitJobRequest submission) {
    Boolean own = submission.propagateTags();
    return Boolean.TRUE.equals(own != null ? own : definition.propagateTags());
  }

  private static List<PlatformCapability> capabilities(JobDefinition definition) {
    return definition.platformCapabilities().isEmpty()
        ? List.of(PlatformCapability.EC2)
        : definition.platformCapabilities();
  }

  private AttemptDetail attempt(Attempt attempt, @Nullable String logs) {
    return AttemptDetail.builder()
        .container(
            AttemptContainerDetail.builder()
                .containerInstanceArn(instance(attempt.dispatch()))
                .taskArn(task(attempt.dispatch(), attempt.task()))
                .exitCode(attempt.exitCode())
                .reason(attempt.reason())
                .logStreamName(logs)
                .networkInterfaces(List.of())
                .build())
        .startedAt(attempt.startedAt() > 0 ? attempt.startedAt() : null)
        .stoppedAt(attempt.stoppedAt())
        .statusReason(attempt.statusReason())
        .build();
  }

  /** A stream is there only when something ran. */
  private static @Nullable String logs(Job job, EffectiveContainer container, Attempt attempt) {
    String task = attempt.task();
    return task == null || attempt.startedAt() == 0
        ? null
        : LogStreams.name(job.spec().definition(), container, task);
  }

  private ContainerDetail container(Job job, EffectiveContainer effective) {
    ContainerDetail.Builder detail =
        WireJson.read(WireJson.write(effective.properties()), ContainerDetail.builder()).toBuilder()
            .networkInterfaces(List.of());
    fillLists(detail);
    switch (job.state()) {
      case JobState.Starting starting ->
          detail
              .containerInstanceArn(instance(starting.dispatch()))
              .taskArn(task(starting.dispatch(), starting.task()));
      case JobState.Running running ->
          detail
              .containerInstanceArn(instance(running.dispatch()))
              .taskArn(task(running.dispatch(), running.task()))
              .logStreamName(LogStreams.name(job.spec().definition(), effective, running.task()));
      case JobState.Ended _ ->
          job.lastAttempt().ifPresent(last -> end(detail, job, effective, last));
      case JobState.Pending _, JobState.Runnable _, JobState.Open _ -> {}
    }
    return detail.build();
  }

  private void end(
      ContainerDetail.Builder detail, Job job, EffectiveContainer effective, Attempt last) {
    detail
        .containerInstanceArn(instance(last.dispatch()))
        .taskArn(task(last.dispatch(), last.task()))
        .exitCode(last.exitCode())
        .reason(last.reason())
        .logStreamName(logs(job, effective, last));
  }

  /** The service gives these back empty where nothing was said ({@code batch-semantics} 2.5). */
  private static void fillLists(ContainerDetail.Builder detail) {
    ContainerDetail given = detail.build();
    if (!given.hasCommand()) {
      detail.command(List.of());
    }
    if (!given.hasVolumes()) {
      detail.volumes(List.of());
    }
    if (!given.hasMountPoints()) {
      detail.mountPoints(List.of());
    }
    if (!given.hasUlimits()) {
      detail.ulimits(List.of());
    }
    if (!given.hasSecrets()) {
      detail.secrets(List.of());
    }
  }

  private String instance(Dispatch dispatch) {
    return arns.containerInstance(dispatch.host().environment(), dispatch.containerInstance());
  }

  private @Nullable String task(Dispatch dispatch, @Nullable String task) {
    return task == null ? null : arns.task(dispatch.host().environment(), task);
  }
}
