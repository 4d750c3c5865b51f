package dev.longshore.local.destroy;

import dev.longshore.local.connect.Hindrance;
import dev.longshore.local.demo.Poll;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.BatchException;
import software.amazon.awssdk.services.batch.model.CEState;
import software.amazon.awssdk.services.batch.model.CEStatus;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JQStatus;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;

/**
 * What the service owns outside of its stack: compute environments with their clusters, instances
 * and launch templates, which the functions made and only they take down; and the queues that hold
 * environments.
 */
final class Estate {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  private final BatchClient batch;
  private final PrintStream out;
  private final Duration patience;

  /**
   * That of a service.
   *
   * @param patience how long one kind may take to go
   */
  Estate(BatchClient batch, PrintStream out, Duration patience) {
    this.batch = batch;
    this.out = out;
    this.patience = patience;
  }

  /** The environments that there are, those that are just being deleted included. */
  List<ComputeEnvironmentDetail> environments() {
    return batch.describeComputeEnvironmentsPaginator().computeEnvironments().stream()
        .filter(it -> it.status() != CEStatus.DELETED)
        .toList();
  }

  /** One line for people about an environment. */
  static String line(ComputeEnvironmentDetail environment) {
    return "  %s  %s, %s"
        .formatted(
            environment.computeEnvironmentName(),
            environment.typeAsString(),
            environment.statusAsString());
  }

  /**
   * Deletes all queues, whose jobs end by that, then all environments, and waits until they are
   * gone.
   *
   * @throws Hindrance when something stays
   */
  void delete() throws Hindrance, InterruptedException {
    try {
      queues().forEach(this::close);
      await("the queues can be deleted", () -> queues().stream().noneMatch(Estate::isChanging));
      queues().stream().filter(it -> !isGoing(it)).forEach(this::delete);
      await("the queues are gone", () -> queues().isEmpty());
      environments().forEach(this::close);
      await(
          "the environments can be deleted",
          () -> environments().stream().noneMatch(Estate::isChanging));
      environments().stream().filter(it -> !isGoing(it)).forEach(this::delete);
      await("the environments are gone", () -> environments().isEmpty());
    } catch (BatchException e) {
      throw new Hindrance(
          "the service refused: " + e.awsErrorDetails().errorMessage() + " Nothing more is done.",
          e);
    }
  }

  private List<JobQueueDetail> queues() {
    return batch.describeJobQueuesPaginator().jobQueues().stream()
        .filter(it -> it.status() != JQStatus.DELETED)
        .toList();
  }

  private void close(JobQueueDetail queue) {
    if (queue.state() == JQState.ENABLED && !isGoing(queue)) {
      batch.updateJobQueue(it -> it.jobQueue(queue.jobQueueName()).state(JQState.DISABLED));
    }
  }

  private void close(ComputeEnvironmentDetail environment) {
    if (environment.state() == CEState.ENABLED && !isGoing(environment)) {
      batch.updateComputeEnvironment(it ->
          it.computeEnvironment(environment.computeEnvironmentName()).state(CEState.DISABLED));
    }
  }

  private void delete(JobQueueDetail queue) {
    out.println("longshore: deleting the queue " + queue.jobQueueName() + "; its jobs end");
    batch.deleteJobQueue(it -> it.jobQueue(queue.jobQueueName()));
  }

  private void delete(ComputeEnvironmentDetail environment) {
    String name = environment.computeEnvironmentName();
    out.println("longshore: deleting the environment " + name + "; its instances end");
    batch.deleteComputeEnvironment(it -> it.computeEnvironment(name));
  }

  private static boolean isChanging(JobQueueDetail queue) {
    return queue.status() == JQStatus.CREATING || queue.status() == JQStatus.UPDATING;
  }

  private static boolean isGoing(JobQueueDetail queue) {
    return queue.status() == JQStatus.DELETING;
  }

  private static boolean isChanging(ComputeEnvironmentDetail environment) {
    return environment.status() == CEStatus.CREATING || environment.status() == CEStatus.UPDATING;
  }

  private static boolean isGoing(ComputeEnvironmentDetail environment) {
    return environment.status() == CEStatus.DELETING;
  }

  private void await(String what, BooleanSupplier look) throws Hindrance, InterruptedException {
    try {
      Poll.until(what, patience, LOOK_EVERY, look);
    } catch (IllegalStateException e) {
      throw new Hindrance(
          "%s; run this again, and look into docs/operations.md if it stays so."
              .formatted(String.valueOf(e.getMessage())),
          e);
    }
  }
}
