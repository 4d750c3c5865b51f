package dev.longshore.local;

import dev.longshore.core.model.Shape;
import dev.longshore.local.LocalSettings.RunnerChoice;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that start a service. */
final class LocalOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep everything in this directory; without it, all is gone at the end.")
  private @Nullable Path data;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "Append every state change of a job to this file, one JSON object a line.")
  private @Nullable Path events;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      description = "What runs jobs: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private RunnerChoice runner = RunnerChoice.AUTO;

  @Option(
      names = "--vcpus",
      paramLabel = "N",
      description = "vCPUs of all hosts together, declared, not measured. Default: 64.")
  private int vcpus = LocalSettings.DEFAULT_VCPUS;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "Memory of all hosts together. Default: three quarters of this machine's.")
  private int memory = LocalSettings.defaultMemoryMib();

  @Option(
      names = "--gpus",
      paramLabel = "N",
      description = "GPUs of all hosts together. Default: 0.")
  private int gpus;

  @Option(
      names = "--boot-delay",
      paramLabel = "SECONDS",
      description = "From the launch of a host to its first job. Default: 0.")
  private int bootDelay;

  @Option(
      names = "--idle-minutes",
      paramLabel = "N",
      description = "How long a host without work is kept. Default: 5.")
  private int idleMinutes = 5;

  @Option(
      names = "--retention-days",
      paramLabel = "N",
      description = "How long ended jobs and logs are kept. Default: 7.")
  private int retentionDays = 7;

  LocalSettings settings(int port) {
    if (vcpus < 1 || memory < 1 || gpus < 0) {
      throw new IllegalArgumentException("--vcpus, --memory and --gpus must be positive");
    }
    return new LocalSettings(
        port,
        data,
        events,
        runner,
        new Shape(vcpus, memory, gpus),
        Duration.ofSeconds(Math.max(0, bootDelay)),
        Duration.ofMinutes(Math.max(0, idleMinutes)),
        Duration.ofDays(Math.max(0, retentionDays)));
  }
}
