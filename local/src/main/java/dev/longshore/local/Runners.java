package dev.longshore.local;

import dev.longshore.local.logs.LogStore;
import dev.longshore.local.runner.ProcessRunner;
import dev.longshore.local.runner.Runner;
import dev.longshore.local.runner.TaskListener;
import java.time.InstantSource;
import java.util.Map;

/** Chooses what runs jobs. */
final class Runners {
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final LocalSettings settings;
  private final Workspace workspace;

  Runners(LocalSettings settings, Workspace workspace) {
    this.settings = settings;
    this.workspace = workspace;
  }

  Runner choose(TaskListener listener, LogStore logs) {
    InstantSource clock = InstantSource.system();
    return switch (settings.runner()) {
      case PROCESS, AUTO, DOCKER ->
          new ProcessRunner(workspace.tasks(), logs, listener, clock, inherited());
    };
  }

  /** All that a job's process gets of this service's environment. */
  private static Map<String, String> inherited() {
    Map<String, String> own = System.getenv();
    return Map.of(
        "PATH", own.getOrDefault("PATH", USUAL_PATH),
        "LANG", own.getOrDefault("LANG", "C.UTF-8"));
  }
}
