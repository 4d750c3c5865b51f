package dev.longshore.wire.catalog;

import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.TimeLimit;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.Queues.Place;
import dev.longshore.core.validation.QueueRules;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;
import software.amazon.awssdk.services.batch.model.CreateJobQueueRequest;
import software.amazon.awssdk.services.batch.model.CreateJobQueueResponse;
import software.amazon.awssdk.services.batch.model.DeleteJobQueueRequest;
import software.amazon.awssdk.services.batch.model.DeleteJobQueueResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobQueuesRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobQueuesResponse;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JQStatus;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.JobQueueType;
import software.amazon.awssdk.services.batch.model.JobStateTimeLimitAction;
import software.amazon.awssdk.services.batch.model.JobStateTimeLimitActionsAction;
import software.amazon.awssdk.services.batch.model.JobStateTimeLimitActionsState;
import software.amazon.awssdk.services.batch.model.UpdateJobQueueRequest;
import software.amazon.awssdk.services.batch.model.UpdateJobQueueResponse;

/** Job queues ({@code batch-semantics} 2.8). */
final class QueueOperations {
  private final Queues queues;

  QueueOperations(Queues queues) {
    this.queues = queues;
  }

  Operations operations() {
    return Operations.none()
        .with("CreateJobQueue", CreateJobQueueRequest::builder, this::create)
        .with("UpdateJobQueue", UpdateJobQueueRequest::builder, this::update)
        .with("DeleteJobQueue", DeleteJobQueueRequest::builder, this::delete)
        .with("DescribeJobQueues", DescribeJobQueuesRequest::builder, this::describe);
  }

  private CreateJobQueueResponse create(CreateJobQueueRequest request, Caller caller) {
    String name = Require.text("jobQueueName", request.jobQueueName());
    checkKind(!request.serviceEnvironmentOrder().isEmpty(), request.jobQueueType());
    queues.create(
        new Queues.Draft(
            name,
            request.state() != JQState.DISABLED,
            Require.present("priority", request.priority()),
            places(request.computeEnvironmentOrder()),
            policy(request.schedulingPolicyArn()),
            limits(request.jobStateTimeLimitActions()),
            request.tags()));
    return CreateJobQueueResponse.builder()
        .jobQueueName(name)
        .jobQueueArn(caller.arns().queue(name))
        .build();
  }

  private UpdateJobQueueResponse update(UpdateJobQueueRequest request, Caller caller) {
    String name = Refs.name(Kind.JOB_QUEUE, "jobQueue", request.jobQueue());
    checkKind(!request.serviceEnvironmentOrder().isEmpty(), null);
    queues.update(name, caller.arns().queue(name), before -> changed(before, request));
    return UpdateJobQueueResponse.builder()
        .jobQueueName(name)
        .jobQueueArn(caller.arns().queue(name))
        .build();
  }

  private DeleteJobQueueResponse delete(DeleteJobQueueRequest request, Caller caller) {
    String name = Refs.name(Kind.JOB_QUEUE, "jobQueue", request.jobQueue());
    queues.delete(name, caller.arns().queue(name));
    return DeleteJobQueueResponse.builder().build();
  }

  private DescribeJobQueuesResponse describe(DescribeJobQueuesRequest request, Caller caller) {
    Set<String> names = Refs.names(Kind.JOB_QUEUE, "jobQueues", request.jobQueues());
    List<JobQueue> found =
        request.jobQueues().isEmpty()
            ? queues.all()
            : names.stream().map(queues::find).flatMap(Optional::stream).toList();
    Listing<JobQueue> page =
        Listing.of(
            found,
            JobQueue::name,
            "DescribeJobQueues" + names,
            request.maxResults(),
            request.nextToken());
    return DescribeJobQueuesResponse.builder()
        .jobQueues(page.entries().stream().map(each -> detail(each, caller.arns())).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static void checkKind(boolean forServices, @Nullable JobQueueType type) {
    Require.that(
        !forServices,
        "serviceEnvironmentOrder is not supported; a job queue needs computeEnvironmentOrder.");
    Require.that(
        type == null || type == JobQueueType.ECS,
        "jobQueueType %s is not supported; supported is ECS.".formatted(type));
  }

  /** Members that were not given stay; lists replace. */
  private static JobQueue changed(JobQueue before, UpdateJobQueueRequest request) {
    boolean enabled =
        request.state() == null ? before.enabled() : request.state() == JQState.ENABLED;
    JobQueue changed =
        new JobQueue(
            before.name(),
            enabled,
            before.status(),
            before.statusReason(),
            request.priority() == null ? before.priority() : request.priority(),
            before.environments(),
            before.orders(),
            request.schedulingPolicyArn() == null
                ? before.schedulingPolicy()
                : policy(request.schedulingPolicyArn()),
            request.hasJobStateTimeLimitActions()
                ? limits(request.jobStateTimeLimitActions())
                : before.timeLimits(),
            before.tags(),
            before.createdAt(),
            before.version());
    return request.hasComputeEnvironmentOrder()
        ? Queues.placed(changed, places(request.computeEnvironmentOrder()))
        : changed;
  }

  private static List<Place> places(List<ComputeEnvironmentOrder> order) {
    return order.stream()
        .map(each ->
            new Place(
                Refs.name(
                    Kind.COMPUTE_ENVIRONMENT,
                    "computeEnvironmentOrder.computeEnvironment",
                    each.computeEnvironment()),
                Require.present("computeEnvironmentOrder.order", each.order())))
        .toList();
  }

  private static @Nullable String policy(@Nullable String arn) {
    return arn == null || arn.isEmpty()
        ? null
        : Refs.nameInArn(Kind.SCHEDULING_POLICY, "schedulingPolicyArn", arn);
  }

  private static List<TimeLimit> limits(List<JobStateTimeLimitAction> actions) {
    QueueRules.checkTimeLimits(actions.stream().map(JobStateTimeLimitAction::reason).toList());
    for (JobStateTimeLimitAction each : actions) {
      QueueRules.checkTimeLimit(
          each.reason(), each.stateAsString(), each.maxTimeSeconds(), each.actionAsString());
    }
    return actions.stream()
        .map(each -> new TimeLimit(each.reason(), each.maxTimeSeconds()))
        .toList();
  }

  private static JobStateTimeLimitAction action(TimeLimit limit) {
    return JobStateTimeLimitAction.builder()
        .reason(limit.reason())
        .state(JobStateTimeLimitActionsState.RUNNABLE)
        .maxTimeSeconds(limit.maxSeconds())
        .action(JobStateTimeLimitActionsAction.CANCEL)
        .build();
  }

  private static JobQueueDetail detail(JobQueue queue, Arns arns) {
    String policy = queue.schedulingPolicy();
    return JobQueueDetail.builder()
        .jobQueueName(queue.name())
        .jobQueueArn(arns.queue(queue.name()))
        .state(queue.enabled() ? JQState.ENABLED : JQState.DISABLED)
        .schedulingPolicyArn(policy == null ? null : arns.policy(policy))
        .status(JQStatus.fromValue(queue.status().name()))
        .statusReason(queue.statusReason().isEmpty() ? null : queue.statusReason())
        .priority(queue.priority())
        .computeEnvironmentOrder(
            Queues.places(queue).stream().map(place -> order(place, arns)).toList())
        .jobQueueType(JobQueueType.ECS)
        .tags(queue.tags())
        .jobStateTimeLimitActions(queue.timeLimits().stream().map(QueueOperations::action).toList())
        .build();
  }

  private static ComputeEnvironmentOrder order(Place place, Arns arns) {
    return ComputeEnvironmentOrder.builder()
        .order(place.order())
        .computeEnvironment(arns.environment(place.environment()))
        .build();
  }
}
