package dev.longshore.local.runner;

import dev.longshore.local.runner.Docker.Result;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code docker inspect} says of a container's state.
 *
 * @param startedAt epoch ms, 0 when it was not started
 * @param finishedAt epoch ms, 0 when it has not ended
 */
record ContainerState(
    String status, int exitCode, boolean outOfMemory, long startedAt, long finishedAt) {
  private static final Set<String> OVER = Set.of("exited", "dead", "stopped");
  private static final String FORMAT =
      "{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}"
          + " {{.State.StartedAt}} {{.State.FinishedAt}}";

  /**
   * Asks for the state of a container; empty when the engine has none of this name.
   *
   * @throws IOException when the engine does not answer
   */
  static Optional<ContainerState> of(Docker docker, String name)
      throws IOException, InterruptedException {
    Result result = docker.call(List.of("inspect", "--format", FORMAT, name));
    if (!result.isGood() && result.error().toLowerCase(Locale.ROOT).contains("no such")) {
      return Optional.empty();
    }
    String[] fields = result.answered().output().split(" ", -1);
    return Optional.of(
        new ContainerState(
            fields[0],
            Integer.parseInt(fields[1]),
            Boolean.parseBoolean(fields[2]),
            millis(fields[3]),
            millis(fields[4])));
  }

  boolean isOver() {
    return OVER.contains(status);
  }

  /** True when it was made and nothing of it ever ran. */
  boolean isUnstarted() {
    return status.equals("created");
  }

  private static long millis(String time) {
    try {
      return Math.max(0, Instant.parse(time).toEpochMilli());
    } catch (DateTimeException notATime) {
      return 0;
    }
  }
}
