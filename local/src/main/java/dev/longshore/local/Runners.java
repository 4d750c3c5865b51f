package dev.longshore.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.local.LocalSettings.RunnerChoice;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.Docker;
import dev.longshore.local.runner.DockerRunner;
import dev.longshore.local.runner.ProcessRunner;
import dev.longshore.local.runner.Runner;
import dev.longshore.local.runner.TaskListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses what runs jobs, and stays with it as long as the directory is kept. */
final class Runners {
  private static final Duration DOCKER_PATIENCE = Duration.ofSeconds(2);
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Workspace workspace;
  private final @Nullable Docker docker;

  private Runners(Workspace workspace, @Nullable Docker docker) {
    this.workspace = workspace;
    this.docker = docker;
  }

  /**
   * Decides. What ran under the other choice would be neither found nor stopped, so a directory
   * keeps the choice of its first start.
   *
   * @throws IOException when Docker is wanted and does not answer, or the directory has the other
   *     choice
   */
  static Runners choose(RunnerChoice wanted, Workspace workspace) throws IOException {
    Path record = workspace.directory().resolve("runner");
    RunnerChoice before =
        Files.exists(record)
            ? RunnerChoice.valueOf(Files.readString(record, UTF_8).strip())
            : RunnerChoice.AUTO;
    if (wanted != RunnerChoice.AUTO && before != RunnerChoice.AUTO && wanted != before) {
      throw new IOException(
          "Jobs in %s run by --runner %s; use another directory for another runner."
              .formatted(workspace.directory(), before.name().toLowerCase(Locale.ROOT)));
    }
    RunnerChoice choice = before == RunnerChoice.AUTO ? wanted : before;
    Optional<Docker> docker =
        choice == RunnerChoice.PROCESS
            ? Optional.empty()
            : Docker.answering(inherited().getOrDefault("PATH", USUAL_PATH), DOCKER_PATIENCE);
    if (choice == RunnerChoice.DOCKER && docker.isEmpty()) {
      throw new IOException("Jobs are to run in Docker containers, and no Docker engine answers.");
    }
    RunnerChoice chosen = docker.isPresent() ? RunnerChoice.DOCKER : RunnerChoice.PROCESS;
    Files.writeString(record, chosen.name() + "\n", UTF_8);
    return new Runners(workspace, docker.orElse(null));
  }

  Runner runner(TaskListener listener, LogStore logs) {
    InstantSource clock = InstantSource.system();
    return docker == null
        ? new ProcessRunner(workspace.tasks(), logs, listener, clock, inherited())
        : new DockerRunner(docker, workspace.id(), logs, listener, clock);
  }

  /** All that a job's process gets of this service's environment. */
  private static Map<String, String> inherited() {
    Map<String, String> own = System.getenv();
    return Map.of(
        "PATH", own.getOrDefault("PATH", USUAL_PATH),
        "LANG", own.getOrDefault("LANG", "C.UTF-8"));
  }
}
