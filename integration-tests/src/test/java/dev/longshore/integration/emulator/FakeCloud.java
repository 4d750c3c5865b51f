package dev.longshore.integration.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * The emulator that has container instances and sends events of tasks, as a program of its own. It
 * checks no permissions.
 */
final class FakeCloud {
  /** Its log's name. */
  static final String LOG = "fakecloud.log";

  private static final ObjectMapper JSON = new ObjectMapper();

  private FakeCloud() {}

  /** Starts it where containers reach it; what it says goes into this folder. */
  static Emulator start(Path folder) throws IOException, InterruptedException {
    String untested = "the whole loop is not tested";
    String program = Needed.variable("LONGSHORE_FAKECLOUD_BIN", untested);
    String address = Needed.variable("LONGSHORE_BRIDGE_ADDRESS", untested);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      port = free.getLocalPort();
    }
    Path log = folder.resolve(LOG);
    Process process =
        new ProcessBuilder(program, "--addr", address + ":" + port)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    Emulator emulator =
        new Emulator(
            URI.create("http://" + address + ":" + port),
            "us-east-1",
            AwsBasicCredentials.create("test", "test"),
            () -> stop(process));
    for (int tries = 0; tries < 240; tries++) {
      if (answers(address, port)) {
        return emulator;
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(250);
    }
    emulator.close();
    throw new IllegalStateException(program + " does not start: " + Files.readString(log));
  }

  /**
   * The template for it. Its pollers hide messages that came before the end of a batching window
   * for the whole visibility timeout, so there is no window.
   */
  static byte[] template(byte[] template) {
    try {
      JsonNode whole = JSON.readTree(template);
      for (JsonNode resource : whole.path("Resources")) {
        if (resource.path("Properties") instanceof ObjectNode properties) {
          properties.remove("MaximumBatchingWindowInSeconds");
        }
      }
      return JSON.writeValueAsBytes(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Told to end, it removes its containers. */
  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
