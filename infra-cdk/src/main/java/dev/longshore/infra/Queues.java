package dev.longshore.infra;

import software.amazon.awscdk.Duration;
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

  /** As long as a sweep may run. */
  private static final Duration TICK_VISIBILITY = Duration.seconds(120);

  private static final Duration KEPT = Duration.days(14);

  private final Construct scope;
  private final boolean tls;
  private final Alarms alarms;

  private final Queue schedulerNudges;
  private final Queue capacityNudges;
  private final Queue work;
  private final Queue repairs;
  private final Queue taskEvents;
  private final Queue ticks;
  private final Queue progressFailures;
  private final Queue publishFailures;
  private final Queue auditFailures;

  Queues(Construct scope, StackSettings settings, Alarms alarms) {
    this.scope = scope;
    this.tls = !settings.emulator();
    this.alarms = alarms;
    this.schedulerNudges = nudges("SchedulerNudges");
    this.capacityNudges = nudges("CapacityNudges");
    this.work = source("Work", 20);
    this.repairs = source("Repairs", 3);
    this.taskEvents = source("TaskEvents", 10);
    this.ticks = ticks("Ticks");
    this.progressFailures = last("ProgressFailures");
    this.publishFailures = last("PublishFailures");
    this.auditFailures = last("AuditFailures");
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

  /** What failed and is done again later; the last failures of a repair are counted here. */
  Queue repairs() {
    return repairs;
  }

  Queue taskEvents() {
    return taskEvents;
  }

  /** Positions in the stream that the first reader gave up. */
  Queue progressFailures() {
    return progressFailures;
  }

  /** Positions in the stream that the second reader gave up. */
  Queue publishFailures() {
    return publishFailures;
  }

  /** Lines of the audit log that no event could be made of. */
  Queue auditFailures() {
    return auditFailures;
  }

  /** When to sweep. */
  Queue ticks() {
    return ticks;
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

  /** What a late tick was for, the next one does. */
  private Queue ticks(String id) {
    return Queue.Builder.create(scope, id)
        .visibilityTimeout(TICK_VISIBILITY)
        .retentionPeriod(Duration.minutes(15))
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(tls)
        .deadLetterQueue(redrive(failures(id + "Failures", false), 3))
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
    alarms.raise(
        id + "Alarm",
        "Longshore gave something up: look into the queue " + id + ".",
        queue.metricApproximateNumberOfMessagesVisible(Alarms.maximum()),
        1);
    return queue;
  }
}
