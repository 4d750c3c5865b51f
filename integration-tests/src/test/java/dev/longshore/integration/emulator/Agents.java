package dev.longshore.integration.emulator;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import dev.longshore.local.events.EcsEvents;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The emulator runs tasks as containers but has no agents on instances: it takes no registration
 * and reports nothing. This plays them.
 */
final class Agents implements AutoCloseable {
  private final EcsClient ecs;
  private final EventQueue queue;
  private final HostId host;

  /** Those of one instance of this environment. */
  Agents(Emulator emulator, String environment) {
    this.ecs = emulator.client(EcsClient.builder());
    this.queue = new EventQueue(emulator);
    this.host = new HostId(environment, "i-0123456789abcdef0");
  }

  /** It has joined. */
  void register() {
    queue.put(EcsEvents.hostActive(host, "ci", "m5.large", new Shape(2, 7_680, 0)));
  }

  /** A task that has ended, as soon as there is one, two minutes at the latest. */
  Task ended(String command) throws InterruptedException {
    String cluster = ComputeEnvironment.clusterOf(host.environment());
    for (int tries = 0; tries < 480; tries++) {
      List<String> tasks =
          ecs.listTasks(list -> list.cluster(cluster).desiredStatus("STOPPED")).taskArns();
      if (!tasks.isEmpty()) {
        for (Task task : ecs.describeTasks(it -> it.cluster(cluster).tasks(tasks)).tasks()) {
          if ("STOPPED".equals(task.lastStatus())
              && task.overrides().toString().contains(command)) {
            return task;
          }
        }
      }
      Thread.sleep(250);
    }
    List<String> running = ecs.listTasks(list -> list.cluster(cluster)).taskArns();
    throw new AssertionError(
        "no task with %s has ended; there run %s, and this is known of them: %s"
            .formatted(
                command,
                running,
                running.isEmpty()
                    ? ""
                    : ecs.describeTasks(it -> it.cluster(cluster).tasks(running)).tasks()));
  }

  /** It runs. */
  void running(Task task) {
    queue.put(EcsEvents.running(subject(task), task.startedAt().toEpochMilli()));
  }

  /** It has ended, with the exit code that its container had. */
  void stopped(Task task) {
    Integer code = task.containers().getFirst().exitCode();
    queue.put(
        EcsEvents.stopped(
            subject(task),
            new EcsEvents.Stop(
                "EssentialContainerExited",
                "Essential container in task exited",
                code,
                null,
                task.startedAt().toEpochMilli(),
                task.stoppedAt().toEpochMilli(),
                List.of())));
  }

  private EcsEvents.Subject subject(Task task) {
    return new EcsEvents.Subject(
        AttemptKey.parse(task.startedBy()).orElseThrow(),
        host,
        "ci",
        task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1));
  }

  @Override
  public void close() {
    ecs.close();
    queue.close();
  }
}
