package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OwnClientTest {
  /** Means the same to the SDK as the variable {@code AWS_ENDPOINT_URL}. */
  private static final String PROPERTY = "aws.endpointUrl";

  @TempDir private Path directory;

  @Test
  @DisplayName(
      "The service starts, again too, where AWS_ENDPOINT_URL is set, and never calls there")
  @Timeout(60)
  void isNoClientOfItself() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.setProperty(PROPERTY, "http://127.0.0.1:" + silent.getLocalPort());
      try {
        LocalSettings settings = LocalSettings.throwaway().withData(directory.resolve("data"));
        for (int start = 1; start <= 3; start++) {
          try (LocalService service = LocalService.start(settings)) {
            assertThat(service.address()).hasPath("");
          }
        }
      } finally {
        System.clearProperty(PROPERTY);
      }
      assertThat(wasCalled(silent)).isFalse();
    }
  }

  private static boolean wasCalled(ServerSocket socket) throws IOException {
    socket.setSoTimeout(100);
    try (Socket _ = socket.accept()) {
      return true;
    } catch (SocketTimeoutException nobody) {
      return false;
    }
  }
}
