package dev.longshore.wire.jobs;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobState;
import dev.longshore.wire.Arns;
import dev.longshore.wire.codec.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.AttemptContainerDetail;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.AttemptEcsTaskDetails;
import software.amazon.awssdk.services.batch.model.AttemptTaskContainerDetails;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.EcsPropertiesDetail;
import software.amazon.awssdk.services.batch.model.EcsTaskDetails;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.TaskContainerDetails;

/** What DescribeJobs says of a job's tasks, past and present ({@code batch-semantics} 4.1, 4.2). */
final class TaskDetails {
  private final Arns arns;

  TaskDetails(Arns arns) {
    this.arns = arns;
  }

  /** The task that is shown: that of the live attempt, or of the last one of a job that is over. */
  private record Shown(
      Dispatch dispatch, @Nullable String task, boolean hasLog, @Nullable Attempt over) {}

  private static Optional<Shown> shown(Job job) {
    return switch (job.state()) {
      case JobState.Starting starting ->
          Optional.of(new Shown(starting.dispatch(), starting.task(), false, null));
      case JobState.Running running ->
          Optional.of(new Shown(running.dispatch(), running.task(), true, null));
      case JobState.Ended _ ->
          job.lastAttempt()
              .map(last -> new Shown(last.dispatch(), last.task(), last.startedAt() > 0, last));
      case JobState.Pending _, JobState.Runnable _, JobState.Open _ -> Optional.empty();
    };
  }

  /** An attempt that is over; without {@code task}, as far as the job's own record knows it. */
  AttemptDetail attempt(Job job, Attempt attempt, @Nullable EffectiveTask task) {
    AttemptDetail.Builder detail =
        AttemptDetail.builder()
            .startedAt(attempt.startedAt() > 0 ? attempt.startedAt() : null)
            .stoppedAt(attempt.stoppedAt())
            .statusReason(attempt.statusReason());
    Shown over = new Shown(attempt.dispatch(), attempt.task(), attempt.startedAt() > 0, attempt);
    if (task != null && task.ecs() != null) {
      return detail.taskProperties(attemptOfParts(job, over, task)).build();
    }
    return detail
        .container(
            AttemptContainerDetail.builder()
                .containerInstanceArn(instance(attempt.dispatch()))
                .taskArn(task(over))
                .exitCode(attempt.exitCode())
                .reason(attempt.reason())
                .logStreamName(task == null ? null : log(job, task.parts().getFirst(), over))
                .networkInterfaces(List.of())
                .build())
        .build();
  }

  private AttemptEcsTaskDetails attemptOfParts(Job job, Shown over, EffectiveTask task) {
    List<AttemptTaskContainerDetails> containers = new ArrayList<>();
    for (EffectiveTask.Part part : task.parts()) {
      ContainerEnd end = endOf(over, part, task.parts().size() == 1);
      containers.add(
          AttemptTaskContainerDetails.builder()
              .name(part.name())
              .exitCode(end == null ? null : end.exitCode())
              .reason(end == null ? null : end.reason())
              .logStreamName(log(job, part, over))
              .networkInterfaces(List.of())
              .build());
    }
    return AttemptEcsTaskDetails.builder()
        .containerInstanceArn(instance(over.dispatch()))
        .taskArn(task(over))
        .containers(containers)
        .build();
  }

  /** The definition's containers with what is known of those that run or ran last. */
  void addTo(JobDetail.Builder detail, Job job, EffectiveTask task) {
    Shown shown = shown(job).orElse(null);
    if (task.ecs() != null) {
      detail.container(ContainerDetail.builder().build()).ecsProperties(parts(job, shown, task));
    } else {
      detail.container(container(job, shown, task.parts().getFirst()));
    }
  }

  private ContainerDetail container(Job job, @Nullable Shown shown, EffectiveTask.Part part) {
    ContainerDetail.Builder detail =
        WireJson.read(WireJson.write(part.container().properties()), ContainerDetail.builder())
            .toBuilder()
            .networkInterfaces(List.of());
    fillLists(detail);
    if (shown != null) {
      Attempt over = shown.over();
      detail
          .containerInstanceArn(instance(shown.dispatch()))
          .taskArn(task(shown))
          .exitCode(over == null ? null : over.exitCode())
          .reason(over == null ? null : over.reason())
          .logStreamName(log(job, part, shown));
    }
    return detail.build();
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

  private EcsPropertiesDetail parts(Job job, @Nullable Shown shown, EffectiveTask task) {
    List<TaskContainerDetails> containers = new ArrayList<>();
    for (EffectiveTask.Part part : task.parts()) {
      containers.add(part(job, shown, part, task.parts().size() == 1));
    }
    EcsTaskDetails.Builder detail =
        WireJson.read(WireJson.write(Objects.requireNonNull(task.ecs())), EcsTaskDetails.builder())
            .toBuilder()
            .containers(containers);
    if (shown != null) {
      detail.containerInstanceArn(instance(shown.dispatch())).taskArn(task(shown));
    }
    return EcsPropertiesDetail.builder().taskProperties(detail.build()).build();
  }

  private TaskContainerDetails part(
      Job job, @Nullable Shown shown, EffectiveTask.Part part, boolean single) {
    TaskContainerDetails.Builder detail =
        WireJson.read(WireJson.write(part.container().properties()), TaskContainerDetails.builder())
            .toBuilder()
            .name(part.name())
            .essential(part.essential())
            .dependsOn(part.dependsOn())
            .networkInterfaces(List.of());
    if (shown != null) {
      ContainerEnd end = endOf(shown, part, single);
      detail
          .exitCode(end == null ? null : end.exitCode())
          .reason(end == null ? null : end.reason())
          .logStreamName(log(job, part, shown));
    }
    return detail.build();
  }

  private static @Nullable ContainerEnd endOf(
      Shown shown, EffectiveTask.Part part, boolean single) {
    Attempt over = shown.over();
    if (over == null) {
      return null;
    }
    return over.containers().stream()
        .filter(end -> end.name().equals(part.name()))
        .findFirst()
        // The one container of a task is the attempt's own.
        .orElseGet(() ->
            over.containers().isEmpty() && single
                ? new ContainerEnd(part.name(), over.exitCode(), over.reason())
                : null);
  }

  /** A stream is there only when something ran. */
  private static @Nullable String log(Job job, EffectiveTask.Part part, Shown shown) {
    String task = shown.task();
    return task == null || !shown.hasLog()
        ? null
        : LogStreams.name(job.spec().definition(), part, task);
  }

  private String instance(Dispatch dispatch) {
    return arns.containerInstance(dispatch.host().environment(), dispatch.containerInstance());
  }

  private @Nullable String task(Shown shown) {
    String task = shown.task();
    return task == null ? null : arns.task(shown.dispatch().host().environment(), task);
  }
}
