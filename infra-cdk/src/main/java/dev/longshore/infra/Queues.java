package dev.longshore.infra;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Queues between the parts, each with a queue for what failed and an alarm on that. */
final class Queues {
  /** Longer than any function runs, six times as AWS advises. */
  private static final Duration VISIBILITY = Duration.seconds(360);

  /** A round that was cut off stalls its domain for no longer than this. */
  private static final Duration NUDGE_VISIBILITY = Duration.seconds(60);

  private static final Duration KEPT = Duration.days(14);

  private final Construct scope;
  private final boolean tls;
  private final @Nullable IAlarmAction action;

  private final Queue schedulerNudges;
  private final Queue capacityNudges;
  private final Queue work;
  private final Queue taskEvents;
  private final Queue progressFailures;

  Queues(Construct scope, StackSettings settings) {
    this.scope = scope;
    this.tls = !settings.plainHttp();
    this.action =
        settings
            .alarmTopic()
            .map(arn -> new SnsAction(Topic.fromTopicArn(scope, "AlarmTopic", arn)))
            .orElse(null);
    this.schedulerNudges = nudges("SchedulerNudges");
    this.capacityNudges = nudges("CapacityNudges");
    this.work = source("Work", 20);
    this.taskEvents = source("TaskEvents", 10);
    this.progressFailures = last("ProgressFailures");
  }

  Queue schedulerNudges() {
    return schedulerNudges;
  }

  Queue capacityNudges() {
    return capacityNudges;
  }

  Queue work() {
    return work;
  }

  Queue taskEvents() {
    return taskEvents;
  }

  /** Positions in the stream that the first reader gave up. */
  Queue progressFailures() {
    return progressFailures;
  }

  private Queue nudges(String id) {
    return Queue.Builder.create(scope, id)
        .fifo(true)
        .visibilityTimeout(NUDGE_VISIBILITY)
        .retentionPeriod(Duration.hours(1))
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(tls)
        .deadLetterQueue(redrive(failures(id + "Failures", true), 5))
        .build();
  }

  private Queue source(String id, int tries) {
    return Queue.Builder.create(scope, id)
        .visibilityTimeout(VISIBILITY)
        .retentionPeriod(Duration.days(4))
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(tls)
        .deadLetterQueue(redrive(failures(id + "Failures", false), tries))
        .build();
  }

  private static DeadLetterQueue redrive(Queue failures, int tries) {
    return DeadLetterQueue.builder().queue(failures).maxReceiveCount(tries).build();
  }

  private Queue last(String id) {
    Queue queue = failures(id, false);
    Explained.lastQueue(queue);
    return queue;
  }

  private Queue failures(String id, boolean fifo) {
    Queue.Builder builder =
        Queue.Builder.create(scope, id)
            .retentionPeriod(KEPT)
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(tls);
    Queue queue = (fifo ? builder.fifo(true) : builder).build();
    Alarm alarm =
        Alarm.Builder.create(scope, id + "Alarm")
            .alarmDescription("Longshore gave something up: look into the queue " + id + ".")
            .metric(
                queue.metricApproximateNumberOfMessagesVisible(
                    MetricOptions.builder()
                        .period(Duration.minutes(1))
                        .statistic("Maximum")
                        .build()))
            .threshold(1)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    Optional.ofNullable(action).ifPresent(alarm::addAlarmAction);
    return queue;
  }
}
