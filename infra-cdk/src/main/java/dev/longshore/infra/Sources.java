package dev.longshore.infra;

import dev.longshore.aws.stream.StreamImages;
import dev.longshore.aws.stream.StreamRecords;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.FilterCriteriaProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.FilterProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.OnFailureProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.ScalingConfigProperty;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** What calls the functions: the table's stream, queues, events of ECS and EC2, the timer. */
final class Sources {
  private static final List<String> PARTIAL = List.of("ReportBatchItemFailures");

  private static final int LATE_MILLIS = 300_000;

  private final Construct scope;
  private final Storage storage;
  private final Functions functions;
  private final Alarms alarms;

  Sources(Construct scope, Storage storage, Queues queues, Functions functions, Alarms alarms) {
    this.scope = scope;
    this.storage = storage;
    this.functions = functions;
    this.alarms = alarms;
    stream(Part.PROGRESS, StreamRecords.LAMBDA_FILTERS, queues.progressFailures());
    stream(Part.PUBLISH, StreamImages.LAMBDA_FILTERS, queues.publishFailures());
    nudges(Part.SCHEDULER, queues.schedulerNudges());
    nudges(Part.CAPACITY, queues.capacityNudges());
    queue("WorkFunctionQueue", Part.WORK, queues.work(), 10, 0);
    queue("WorkFunctionRepairs", Part.WORK, queues.repairs(), 10, 0);
    // ECS reports the start and the end of a quick task apart: together they are one write.
    queue("ObserveFunctionQueue", Part.OBSERVE, queues.taskEvents(), 100, 1);
    observed(queues.taskEvents());
    queue("SweepFunctionQueue", Part.SWEEP, queues.ticks(), 10, 0);
    timer(queues.ticks());
    alarms.failedRounds("SchedulingRoundsFailed", "scheduling");
    alarms.failedRounds("CapacityRoundsFailed", "capacity");
  }

  private void stream(Part part, List<String> filters, Queue failures) {
    CfnEventSourceMapping mapping =
        CfnEventSourceMapping.Builder.create(scope, part.id() + "Stream")
            .eventSourceArn(Objects.requireNonNull(storage.table().getTableStreamArn()))
            .functionName(functions.get(part).getFunctionArn())
            .startingPosition("TRIM_HORIZON")
            .batchSize(100)
            .bisectBatchOnFunctionError(true)
            .maximumRetryAttempts(5)
            .maximumRecordAgeInSeconds(3600)
            .functionResponseTypes(PARTIAL)
            .filterCriteria(
                FilterCriteriaProperty.builder()
                    .filters(
                        filters.stream()
                            .map(it -> FilterProperty.builder().pattern(it).build())
                            .toList())
                    .build())
            .destinationConfig(
                DestinationConfigProperty.builder()
                    .onFailure(
                        OnFailureProperty.builder().destination(failures.getQueueArn()).build())
                    .build())
            .build();
    after(mapping, part);
    alarms.raise(
        part.id() + "Late",
        "Longshore is behind with changes: look into the log of " + part.id() + ".",
        functions.get(part).getLambda().metric("IteratorAge", Alarms.maximum()),
        LATE_MILLIS);
  }

  private void nudges(Part part, Queue queue) {
    after(
        CfnEventSourceMapping.Builder.create(scope, part.id() + "Nudges")
            .eventSourceArn(queue.getQueueArn())
            .functionName(functions.get(part).getFunctionArn())
            .batchSize(10)
            .functionResponseTypes(PARTIAL)
            .build(),
        part);
  }

  private void queue(String id, Part part, Queue queue, int batch, int windowSeconds) {
    after(
        CfnEventSourceMapping.Builder.create(scope, id)
            .eventSourceArn(queue.getQueueArn())
            .functionName(functions.get(part).getFunctionArn())
            .batchSize(batch)
            .maximumBatchingWindowInSeconds(windowSeconds)
            .scalingConfig(ScalingConfigProperty.builder().maximumConcurrency(10).build())
            .functionResponseTypes(PARTIAL)
            .build(),
        part);
  }

  /** Lambda looks into the source with the function's role when the mapping is made. */
  private void after(CfnEventSourceMapping mapping, Part part) {
    mapping.getNode().addDependency(Objects.requireNonNull(functions.get(part).getRole()));
  }

  private void observed(Queue queue) {
    Rule.Builder.create(scope, "TaskChanges")
        .description("Longshore: what tasks and container instances of its clusters do.")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.ecs"))
                .detailType(List.of("ECS Task State Change", "ECS Container Instance State Change"))
                .detail(Map.of("clusterArn", Match.wildcard("*_Batch_*")))
                .build())
        .targets(List.of(new SqsQueue(queue)))
        .build();
    Rule.Builder.create(scope, "SpotWarnings")
        .description("Longshore: Spot instances that are about to be taken away.")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.ec2"))
                .detailType(List.of("EC2 Spot Instance Interruption Warning"))
                .build())
        .targets(List.of(new SqsQueue(queue)))
        .build();
    Rule.Builder.create(scope, "EndedInstances")
        .description("Longshore: instances that are gone.")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.ec2"))
                .detailType(List.of("EC2 Instance State-change Notification"))
                .detail(Map.of("state", List.of("terminated")))
                .build())
        .targets(List.of(new SqsQueue(queue)))
        .build();
  }

  private void timer(Queue queue) {
    Rule.Builder.create(scope, "EveryMinute")
        .description("Longshore: looks for what is stuck.")
        .schedule(Schedule.rate(Duration.minutes(1)))
        .targets(List.of(new SqsQueue(queue)))
        .build();
  }
}
