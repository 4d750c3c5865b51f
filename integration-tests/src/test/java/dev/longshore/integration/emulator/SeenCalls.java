package dev.longshore.integration.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.functions.permission.CallRecorder;
import dev.longshore.functions.permission.Needs;
import dev.longshore.functions.permission.Permission;
import dev.longshore.functions.permission.SeenPermissions;
import dev.longshore.functions.permission.SeenPermissions.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the deployed functions ask AWS for, as they say in their logs: only here their artifact has
 * the recorder in it.
 */
final class SeenCalls {
  /** Names of functions in lines, by their names in the stack. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "ApiFunction", "api",
          "ProgressFunction", "progress",
          "PublishFunction", "publish",
          "SchedulerFunction", "scheduler",
          "CapacityFunction", "capacity",
          "ObserveFunction", "observe",
          "WorkFunction", "work",
          "SweepFunction", "sweep",
          "AuditFunction", "audit");

  private final Logs logs;

  SeenCalls(Logs logs) {
    this.logs = logs;
  }

  /** What an artifact needs besides, to tell of its calls: files by their paths in it. */
  static Map<String, byte[]> recorder() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Class<?> type : new Class<?>[] {CallRecorder.class, Needs.class, Permission.class}) {
      String path = type.getName().replace('.', '/') + ".class";
      try (InputStream file = Objects.requireNonNull(type.getResourceAsStream("/" + path))) {
        files.put(path, file.readAllBytes());
      }
    }
    files.put(CallRecorder.REGISTRATION, CallRecorder.class.getName().getBytes(UTF_8));
    return files;
  }

  /**
   * Fails unless all functions were seen, with all that is seen here each time, a minute at the
   * latest, and nothing that is not written down. What was seen is left beside the reports.
   */
  void areAsWrittenDown(Place place) throws IOException, InterruptedException {
    Set<String> expected = SeenPermissions.in(place);
    for (int tries = 0; tries < 120 && !seen().containsAll(expected); tries++) {
      Thread.sleep(500);
    }
    Set<String> seen = seen();
    Files.write(Path.of(System.getProperty("longshore.build"), "seen-" + place + ".txt"), seen);
    Set<String> callers = new TreeSet<>();
    seen.forEach(line -> callers.add(line.substring(0, line.indexOf(' '))));
    assertThat(callers).containsExactlyInAnyOrderElementsOf(FUNCTIONS.values());
    assertThat(seen).containsAll(expected);
    assertThat(SeenPermissions.all()).containsAll(seen);
  }

  private Set<String> seen() {
    Set<String> seen = new TreeSet<>();
    FUNCTIONS.forEach((name, function) -> {
      for (String line : logs.lines(name)) {
        int at = line.indexOf(CallRecorder.NEEDS);
        if (at >= 0) {
          String needed = line.substring(at + CallRecorder.NEEDS.length()).strip();
          seen.add(SeenPermissions.line(function, Permission.parse(needed)));
        }
      }
    });
    return seen;
  }
}
