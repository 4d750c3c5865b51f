package dev.longshore.local.runner;

import dev.longshore.local.runner.Docker.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the containers and volumes of tasks that are over. */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Docker docker;

  Leftovers(Docker docker) {
    this.docker = docker;
  }

  /**
   * The container of a task; one that is not there is no error.
   *
   * @throws IOException when no engine answers
   */
  void remove(Task task) throws IOException, InterruptedException {
    call(docker, List.of("rm", "--force", "--volumes", DockerRunner.nameOf(task)), Duration.ZERO);
  }

  /**
   * The volumes of a task. They go with its last container: before that the engine refuses it.
   *
   * @throws IOException when no engine answers
   */
  void removeVolumes(Task whole) throws IOException, InterruptedException {
    removeVolumes(docker, whole.id());
  }

  private static void removeVolumes(Docker docker, String task)
      throws IOException, InterruptedException {
    String label = "label=" + DockerOptions.VOLUME_LABEL + "=" + task;
    List<String> call = List.of("volume", "ls", "--quiet", "--filter", label);
    List<String> left = docker.call(call).answered().output().lines().toList();
    if (!left.isEmpty()) {
      call(docker, with(List.of("volume", "rm"), left), Duration.ZERO);
    }
  }

  /**
   * All containers under a label, whatever they do, and the volumes of their tasks.
   *
   * @param task reads the task of a container from its label; empty when it is none
   * @param limit gives up after that long
   * @throws IOException when no engine answers in time, or containers are still there then
   */
  void removeAll(
      String label, String taskLabel, Function<String, Optional<Task>> task, Duration limit)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    String format = "{{.ID}}\t{{.Label \"" + taskLabel + "\"}}";
    List<String> list =
        List.of("ps", "--all", "--no-trunc", "--filter", "label=" + label, "--format", format);
    Set<String> tasks = new LinkedHashSet<>();
    while (true) {
      Docker inTime = docker.within(left(until));
      List<String> found = inTime.call(list).answered().output().lines().toList();
      if (found.isEmpty()) {
        break;
      }
      List<String> ids = new ArrayList<>();
      for (String line : found) {
        int tab = line.indexOf('\t');
        ids.add(line.substring(0, tab));
        task.apply(line.substring(tab + 1)).ifPresent(known -> tasks.add(known.whole().id()));
      }
      call(inTime, with(List.of("rm", "--force", "--volumes"), ids), Duration.ZERO);
      Thread.sleep(PAUSE);
    }
    for (String each : tasks) {
      removeVolumes(docker.within(left(until)), each);
    }
  }

  private static Duration left(long until) throws IOException {
    long nanos = until - System.nanoTime();
    if (nanos <= 0) {
      throw new IOException("they are still there");
    }
    return Duration.ofNanos(nanos);
  }

  private static List<String> with(List<String> call, List<String> more) {
    List<String> all = new ArrayList<>(call);
    all.addAll(more);
    return all;
  }

  /**
   * Calls; that the engine refuses is noted only.
   *
   * @param more time that the call may take beyond the limit for all
   * @throws IOException when no engine answers
   */
  static void call(Docker docker, List<String> call, Duration more)
      throws IOException, InterruptedException {
    Result result = docker.call(call, Map.of(), more);
    if (result.isAway()) {
      throw new IOException(result.problem());
    }
    if (!result.isGood()) {
      LOG.debug("docker {}: {}", call, result.problem());
    }
  }
}
