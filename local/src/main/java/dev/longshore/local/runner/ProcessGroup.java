package dev.longshore.local.runner;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Starts a command as the leader of a session of its own, and signals all of its group. */
final class ProcessGroup {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What a shell sets, resets or obeys by itself, so that it cannot hand it on. */
  private static final Set<String> OF_THE_SHELL =
      Set.of(
          "_",
          "BASHOPTS",
          "BASH_ENV",
          "ENV",
          "EUID",
          "IFS",
          "LINENO",
          "OLDPWD",
          "OPTIND",
          "OPTARG",
          "POSIXLY_CORRECT",
          "PPID",
          "PS1",
          "PS2",
          "PS4",
          "PWD",
          "SHELLOPTS",
          "SHLVL",
          "UID");

  private static final List<String> PERL_SETSID =
      List.of("-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127;");

  private final List<String> newSession;
  private final String wrapper;

  /** Uses {@code setsid} where there is one, otherwise (macOS) Perl. */
  ProcessGroup(String path, Path wrapper) {
    Path here = Path.of("").toAbsolutePath();
    Path setsid = Executables.find("setsid", path, here);
    Path perl = Executables.find("perl", path, here);
    List<String> command = new ArrayList<>();
    if (setsid != null) {
      command.add(setsid.toString());
    } else if (perl != null) {
      command.add(perl.toString());
      command.addAll(PERL_SETSID);
    } else {
      throw new IllegalStateException("running jobs as processes needs setsid or perl on PATH");
    }
    this.newSession = List.copyOf(command);
    this.wrapper = wrapper.toString();
  }

  /** Starts it; the process is the leader of the group and writes into {@code files}. */
  Process start(TaskFiles files, List<String> job, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(newSession);
    command.addAll(List.of("/bin/sh", wrapper, files.directory().toString()));
    ProcessBuilder builder = new ProcessBuilder();
    builder.environment().clear();
    // A name that a shell would swallow goes round it.
    Map<String, String> round = new TreeMap<>();
    environment.forEach((name, value) -> {
      boolean plain = NAME.matcher(name).matches() && !OF_THE_SHELL.contains(name);
      (plain ? builder.environment() : round).put(name, value);
    });
    if (!round.isEmpty()) {
      command.add("/usr/bin/env");
      round.forEach((name, value) -> command.add(name + "=" + value));
    }
    command.addAll(job);
    return builder
        .command(command)
        .directory(files.work().toFile())
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Sends a signal to all processes of a group; none left is no error. */
  static void signal(long group, String signal) throws IOException {
    new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"-$1\"", signal, Long.toString(group))
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }
}
