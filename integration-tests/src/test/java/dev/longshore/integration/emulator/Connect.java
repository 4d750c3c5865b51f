package dev.longshore.integration.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** {@code ./longshore connect} as a person has it: a process, and what it says to export. */
final class Connect implements AutoCloseable {
  private static final String EXPORT = "export ";
  private static final Pattern BLANK = Pattern.compile(" ");

  private final Process process;
  private final Map<String, String> exports;

  private Connect(Process process, Map<String, String> exports) {
    this.process = process;
    this.exports = exports;
  }

  /**
   * Starts it, as {@code ./longshore} does after its build, for the API with this name. The name is
   * one that AWS alone knows, so the process has a file of hosts that says where the emulator is.
   */
  static Connect start(Emulator emulator, URI api, Path folder) throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, emulator.endpoint().getHost() + " " + api.getHost() + "\n");
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.net.hosts.file=" + hosts,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.longshore.local.Main",
            "connect",
            "--port",
            "0",
            "--endpoint",
            "http://" + api.getHost() + ":" + emulator.endpoint().getPort());
    AwsCredentials credentials = emulator.credentials();
    command.environment().put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    command.environment().put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
    command.environment().put("AWS_REGION", emulator.region());
    command.redirectError(folder.resolve("connect.log").toFile());
    Process process = command.start();
    return new Connect(process, exports(process));
  }

  /** It says them once, and then no more. */
  private static Map<String, String> exports(Process process) {
    Map<String, String> exports = new HashMap<>();
    BufferedReader said = process.inputReader();
    try {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(EXPORT)) {
          for (String each : BLANK.splitAsStream(line.substring(EXPORT.length())).toList()) {
            int end = each.indexOf('=');
            exports.put(each.substring(0, end), each.substring(end + 1));
          }
          if (exports.containsKey("AWS_REGION")) {
            return exports;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.destroy();
    throw new IllegalStateException("connect ended without a word");
  }

  /** Variables for clients. */
  Map<String, String> exports() {
    return exports;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
