package dev.longshore.functions.lambda;

import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.telemetry.JsonLines;
import dev.longshore.functions.telemetry.JsonLog;

/** What every function does first. */
final class Startup {
  private Startup() {}

  /** Begins to log, then reads the settings. */
  static FunctionSettings settings() {
    JsonLog.install(new JsonLines(System.out));
    return FunctionSettings.ofProcess();
  }
}
