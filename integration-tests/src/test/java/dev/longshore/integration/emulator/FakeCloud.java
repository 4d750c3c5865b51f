package dev.longshore.integration.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The emulator that has container instances and sends events of tasks. */
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
    int port = Program.freePort(address);
    return Program.start(
        List.of(program, "--addr", address + ":" + port), address, port, folder.resolve(LOG));
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
}
