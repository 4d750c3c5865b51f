package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.HostId;
import dev.longshore.local.logs.LogName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose task it is and where its output goes: what must be known again after a restart.
 *
 * @param attempt whose
 * @param host where
 * @param containerInstance ECS container instance ID of the host
 * @param log its log stream
 * @param part which of several containers, absent for a task of one
 */
public record Task(
    AttemptKey attempt,
    HostId host,
    String containerInstance,
    LogName log,
    @Nullable TaskPart part) {
  private static final int LINES = 6;
  private static final int LINES_OF_PART = 9;

  /** A task of one container, or the whole of a task of several. */
  public Task(AttemptKey attempt, HostId host, String containerInstance, LogName log) {
    this(attempt, host, containerInstance, log, null);
  }

  /** One of several containers of this task. */
  Task part(TaskPart which, LogName partLog) {
    return new Task(attempt, host, containerInstance, partLog, which);
  }

  /** The task that this one is a container of, or this one. */
  Task whole() {
    return part == null ? this : new Task(attempt, host, containerInstance, log);
  }

  /**
   * ECS task ID, 32 hexadecimal digits, and of a part its name. It follows from the attempt, so a
   * repeat is the same.
   */
  public String id() {
    return idOf(attempt) + (part == null ? "" : "-" + part.name());
  }

  /** The ID of the task of this attempt. */
  public static String idOf(AttemptKey attempt) {
    byte[] name = ("longshore:" + attempt.text()).getBytes(UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  /** Six lines, nine for a part, each with its line feed. */
  String text() {
    String six =
        String.join(
            "\n",
            attempt.text(),
            host.environment(),
            host.instance(),
            containerInstance,
            log.group(),
            log.stream(),
            "");
    return part == null
        ? six
        : six + part.name() + "\n" + part.essential() + "\n" + part.of() + "\n";
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
                new LogName(lines.get(4), lines.get(5)),
                partOf(lines)));
  }

  private static @Nullable TaskPart partOf(List<String> lines) {
    return lines.size() <= LINES_OF_PART
        ? null
        : new TaskPart(
            lines.get(6), Boolean.parseBoolean(lines.get(7)), Integer.parseInt(lines.get(8)));
  }
}
