package dev.longshore.local;

import dev.longshore.core.model.Shape;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a local service is run.
 *
 * @param port on the loopback interface, 0 for any free one
 * @param data directory that outlives the service, or null to keep nothing
 * @param events file to which events are appended, or null for none
 * @param runner what runs jobs
 * @param total what all hosts together may have
 * @param bootDelay from the launch of a host to its registration
 * @param idle how long a host without work is kept
 * @param retention how long ended jobs and logs are kept
 */
public record LocalSettings(
    int port,
    @Nullable Path data,
    @Nullable Path events,
    RunnerChoice runner,
    Shape total,
    Duration bootDelay,
    Duration idle,
    Duration retention) {

  /** The port unless told otherwise. */
  public static final int DEFAULT_PORT = 8462;

  /** vCPUs of all hosts together unless told otherwise: declared, not measured. */
  public static final int DEFAULT_VCPUS = 64;

  /** What runs jobs. */
  public enum RunnerChoice {
    /** Docker when an engine answers, processes otherwise. */
    AUTO,
    PROCESS,
    DOCKER
  }

  /** Processes on any free port, nothing kept. */
  public static LocalSettings throwaway() {
    return new LocalSettings(
        0,
        null,
        null,
        RunnerChoice.PROCESS,
        new Shape(DEFAULT_VCPUS, defaultMemoryMib(), 0),
        Duration.ZERO,
        Duration.ofMinutes(5),
        Duration.ofDays(7));
  }

  /** The same with another total. */
  public LocalSettings withTotal(Shape other) {
    return new LocalSettings(port, data, events, runner, other, bootDelay, idle, retention);
  }

  /** The same with another runner. */
  public LocalSettings withRunner(RunnerChoice other) {
    return new LocalSettings(port, data, events, other, total, bootDelay, idle, retention);
  }

  /** The same with a directory that outlives the service. */
  public LocalSettings withData(Path other) {
    return new LocalSettings(port, other, events, runner, total, bootDelay, idle, retention);
  }

  /** The same with a file to which events are appended. */
  public LocalSettings withEvents(Path other) {
    return new LocalSettings(port, data, other, runner, total, bootDelay, idle, retention);
  }

  /** The same with hosts that register so long after their launch. */
  public LocalSettings withBootDelay(Duration other) {
    return new LocalSettings(port, data, events, runner, total, other, idle, retention);
  }

  /** Three quarters of this machine's memory. */
  public static int defaultMemoryMib() {
    var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    long bytes =
        system instanceof com.sun.management.OperatingSystemMXBean known
            ? known.getTotalMemorySize()
            : Runtime.getRuntime().maxMemory() * 4;
    return (int) (bytes / 4 * 3 / (1024 * 1024));
  }
}
