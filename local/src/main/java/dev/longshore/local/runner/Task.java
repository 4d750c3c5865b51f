package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.local.logs.LogName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose task it is and where its output goes: what must be known again after a restart.
 *
 * @param attempt whose
 * @param host where
 * @param containerInstance ECS container instance ID of the host
 * @param log its log stream
 */
public record Task(AttemptKey attempt, HostId host, String containerInstance, LogName log) {
  private static final int LINES = 6;

  /** ECS task ID, 32 hexadecimal digits. It follows from the attempt, so a repeat is the same. */
  public String id() {
    return idOf(attempt);
  }

  /** The ID of the task of this attempt. */
  public static String idOf(AttemptKey attempt) {
    byte[] name = ("longshore:" + attempt.text()).getBytes(UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  /** Six lines, each with its line feed. */
  String text() {
    return String.join(
        "\n",
        attempt.text(),
        host.environment(),
        host.instance(),
        containerInstance,
        log.group(),
        log.stream(),
        "");
  }

  /** Reads {@link #text()}; empty when it was cut off. */
  static Optional<Task> parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() <= LINES) {
      return Optional.empty();
    }
    return AttemptKey.parse(lines.get(0))
        .map(attempt ->
            new Task(
                attempt,
                new HostId(lines.get(1), lines.get(2)),
                lines.get(3),
                new LogName(lines.get(4), lines.get(5))));
  }
}
