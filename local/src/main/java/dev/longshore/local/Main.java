package dev.longshore.local;

import dev.longshore.local.connect.ConnectCommand;
import dev.longshore.local.destroy.AfterDestroyCommand;
import dev.longshore.local.destroy.BeforeDestroyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code ./longshore}: every command that this module has. */
@Command(
    name = "longshore",
    mixinStandardHelpOptions = true,
    description = "Runs containers or processes as jobs, and speaks the AWS Batch API.",
    subcommands = {
      LocalCommand.class,
      DemoCommand.class,
      ConnectCommand.class,
      BeforeDestroyCommand.class,
      AfterDestroyCommand.class
    },
    // The launcher runs these in other modules.
    footer = {
      "Beside these:",
      "  deploy    Puts the service into your AWS account (cdk deploy).",
      "  destroy   Takes it out again.",
      "  simulate  Runs the use cases on virtual time, under faults.",
      "  bench     Measures speed and cost."
    })
public final class Main implements Runnable {
  Main() {}

  /** Runs a command; its exit status is the process's. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Without a command: says which there are. */
  @Override
  public void run() {
    commandLine().usage(System.err);
  }
}
