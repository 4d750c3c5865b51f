package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param startTime when it started, as the system writes it; only good for comparing
 */
record ProcessMark(long pid, String startTime) {
  /** Of the fields after the command's name in /proc/PID/stat: state, and start time in ticks. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  /**
   * Reads what the wrapper wrote: a line of {@code /proc/PID/stat}, or, where there is none, the
   * number and the start time that {@code ps} prints.
   */
  static Optional<ProcessMark> parse(String text) {
    String line = text.strip();
    int blank = line.indexOf(' ');
    if (blank < 0) {
      return Optional.empty();
    }
    long pid = Long.parseLong(line.substring(0, blank));
    int name = line.lastIndexOf(')');
    if (name < 0) {
      return Optional.of(new ProcessMark(pid, line.substring(blank + 1).strip()));
    }
    return Optional.of(new ProcessMark(pid, fields(line)[START_TIME]));
  }

  /** True while this very process is there and not merely waiting to be reaped. */
  boolean isAlive() throws IOException {
    if (ProcessHandle.of(pid).isEmpty()) {
      return false;
    }
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    if (Files.isDirectory(Path.of("/proc", "self"))) {
      try {
        String[] fields = fields(Files.readString(stat, UTF_8));
        return fields[START_TIME].equals(startTime) && !fields[STATE].equals("Z");
      } catch (IOException gone) {
        return false;
      }
    }
    return startTime.equals(startTimeByPs());
  }

  private String startTimeByPs() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid));
    builder.environment().put("LC_ALL", "C");
    Process ps = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = ps.getInputStream()) {
      return new String(output.readAllBytes(), UTF_8).strip();
    }
  }

  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
  }
}
