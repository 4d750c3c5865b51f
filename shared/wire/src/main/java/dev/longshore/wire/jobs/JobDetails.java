package dev.longshore.wire.jobs;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.usecase.JobDescription;
import dev.longshore.wire.Arns;
import dev.longshore.wire.catalog.Needs;
import dev.longshore.wire.codec.WireJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ArrayPropertiesDetail;
import software.amazon.awssdk.services.batch.model.EvaluateOnExit;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobTimeout;
import software.amazon.awssdk.services.batch.model.NodeDetails;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.RetryStrategy;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/**
 * Jobs as DescribeJobs shows them ({@code batch-semantics} 4). For one answer: each definition is
 * read once.
 */
public final class JobDetails {
  private final Arns arns;
  private final TaskDetails tasks;
  private final Map<DefinitionId, JobDefinition> definitions = new HashMap<>();

  /** Details with ARNs of this region and account. */
  public JobDetails(Arns arns) {
    this.arns = arns;
    this.tasks = new TaskDetails(arns);
  }

  /** All of a job; members that its state does not have are absent (4.2). */
  public JobDetail of(JobDescription description) {
    Job job = description.view().job();
    JobSpec spec = job.spec();
    JobDefinition definition = definition(description);
    SubmitJobRequest submission =
        WireJson.read(description.document().json(), SubmitJobRequest.builder());
    boolean child = !job.key().isWhole();
    boolean node = job.key().member() == Member.NODE;
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
            .consumableResourceProperties(node ? null : Needs.properties(spec.needs(), arns))
            .tags(child ? Map.of() : description.document().tags())
            .propagateTags(PropagatedTags.isAsked(definition, submission))
            .platformCapabilities(capabilities(definition))
            .isCancelled(stoppedBy(job, StopRequest.Kind.CANCEL))
            .isTerminated(stoppedBy(job, StopRequest.Kind.TERMINATE));
    if (description.definition() == null) {
      return detail
          .attempts(job.attempts().stream().map(one -> tasks.attempt(job, one, null)).toList())
          .build();
    }
    NodeGroups nodes = spec.nodes();
    if (nodes != null && job.key().isWhole()) {
      detail.nodeProperties(EffectiveNodes.of(definition, submission).properties());
    } else if (nodes != null) {
      detail.consumableResourceProperties(
          Needs.properties(
              EffectiveNodes.of(definition, submission).needs(job.key().index()), arns));
      detail.nodeDetails(
          NodeDetails.builder()
              .nodeIndex(job.key().index())
              .isMainNode(job.key().index() == nodes.main())
              .build());
    }
    EffectiveTask task = EffectiveTask.of(definition, submission, job.key());
    detail.attempts(job.attempts().stream().map(one -> tasks.attempt(job, one, task)).toList());
    if (nodes == null || !job.key().isWhole()) {
      tasks.addTo(detail, job, task);
    }
    return detail.build();
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

  private static List<PlatformCapability> capabilities(JobDefinition definition) {
    return definition.platformCapabilities().isEmpty()
        ? List.of(PlatformCapability.EC2)
        : definition.platformCapabilities();
  }
}
