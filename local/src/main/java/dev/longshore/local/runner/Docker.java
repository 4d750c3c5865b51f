package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code docker} command. Engine, context and credentials are those of its user. */
public final class Docker {
  private static final String ENGINE = "Error response from daemon: ";

  /** How long an engine may take for anything but to pull or to stop. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What the command says when it could not talk to an engine, or not to the end. */
  private static final Pattern AWAY =
      Pattern.compile("Cannot connect to the Docker daemon|error during connect|unexpected EOF");

  private final String program;
  private final Duration limit;

  private Docker(String program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  /** The same with another limit for a call. */
  Docker within(Duration otherLimit) {
    return new Docker(program, otherLimit);
  }

  /**
   * What a call gave.
   *
   * @param code exit status
   * @param output what it printed, without the last line feed
   * @param error what it printed to standard error
   */
  record Result(int code, String output, String error) {
    boolean isGood() {
      return code == 0;
    }

    /** True when no engine answered: nobody knows whether it has done what it was told. */
    boolean isAway() {
      return !isGood() && AWAY.matcher(error).find();
    }

    /** This, when it is good. */
    Result answered() throws IOException {
      if (!isGood()) {
        throw new IOException(problem());
      }
      return this;
    }

    /** The engine's words on what went wrong; the command's own, which may follow, say less. */
    String problem() {
      List<String> lines = (error.isBlank() ? output : error).strip().lines().toList();
      String told =
          lines.stream()
              .filter(line -> line.contains(ENGINE))
              .findFirst()
              .orElse(lines.isEmpty() ? "" : lines.getLast());
      int engine = told.indexOf(ENGINE);
      return engine < 0 ? told : told.substring(engine);
    }
  }

  /** The command on this PATH, if it is there and an engine answers it in time. */
  public static Optional<Docker> answering(String path, Duration patience) {
    Path program = Executables.find("docker", path, Path.of("").toAbsolutePath());
    if (program == null) {
      return Optional.empty();
    }
    try {
      Process info =
          new ProcessBuilder(program.toString(), "info", "--format", "{{.ServerVersion}}")
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      boolean answered = info.waitFor(patience.toMillis(), MILLISECONDS) && info.exitValue() == 0;
      info.destroyForcibly();
      return answered ? Optional.of(new Docker(program.toString(), LIMIT)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * Calls and waits.
   *
   * @throws IOException when it takes longer than a call may: then nobody knows whether it is done
   */
  Result call(List<String> arguments) throws IOException, InterruptedException {
    return call(arguments, Map.of(), Duration.ZERO);
  }

  /**
   * Calls and waits.
   *
   * @param environment added to the command's own
   * @param more time that this call may take beyond the limit for all
   * @throws IOException when it takes longer
   */
  Result call(List<String> arguments, Map<String, String> environment, Duration more)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(arguments);
    builder.environment().putAll(environment);
    Process process = builder.start();
    StringBuilder output = new StringBuilder();
    StringBuilder error = new StringBuilder();
    Thread outputs = Thread.ofVirtual().start(() -> output.append(read(process.getInputStream())));
    Thread errors = Thread.ofVirtual().start(() -> error.append(read(process.getErrorStream())));
    try {
      Duration patience = limit.plus(more);
      if (!process.waitFor(patience.toMillis(), MILLISECONDS)) {
        throw new IOException(
            "docker %s has not ended after %d s"
                .formatted(arguments.getFirst(), patience.toSeconds()));
      }
      outputs.join();
      errors.join();
      return new Result(process.exitValue(), output.toString().strip(), error.toString());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts a call whose output goes to the end of a file. */
  Process into(Path file, List<String> arguments) throws IOException {
    return builder(arguments)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(file.toFile()))
        .start();
  }

  private ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectInput(Redirect.from(new File("/dev/null")));
  }

  private static String read(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
