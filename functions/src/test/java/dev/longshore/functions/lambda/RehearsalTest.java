package dev.longshore.functions.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkSystemSetting;

class RehearsalTest {
  private final List<String> done = new ArrayList<>();

  @Test
  @DisplayName("A function rehearses before a snapshot, and only there")
  void beforeSnapshotsOnly() {
    Rehearsal.run(false, () -> done.add("without"));
    Rehearsal.run(true, () -> done.add("snapshot"));
    assertThat(done).containsExactly("snapshot");
  }

  @Test
  @DisplayName("A rehearsal that fails does not keep a version from being published")
  void mayFail() {
    Rehearsal.run(
        true,
        () -> {
          done.add("tried");
          throw new IllegalStateException("the table does not answer yet");
        });
    assertThat(done).containsExactly("tried");
  }

  @Test
  @DisplayName("A function that starts from a snapshot asks Lambda's endpoint for credentials")
  void credentialsOfSnapshots() throws IOException {
    HttpServer lambda =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lambda.createContext(
        "/credentials",
        exchange -> {
          done.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body =
              """
              {"AccessKeyId":"fresh","SecretAccessKey":"s","Token":"t",
               "Expiration":"2999-01-01T00:00:00Z"}
              """
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    lambda.start();
    String uri = "http://127.0.0.1:" + lambda.getAddress().getPort() + "/credentials";
    String where = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property();
    String token = SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN.property();
    System.setProperty(where, uri);
    System.setProperty(token, "of-this-environment");
    try {
      AwsCredentials found = TableModule.credentials().resolveCredentials();
      assertThat(found.accessKeyId()).isEqualTo("fresh");
      assertThat(done).containsExactly("of-this-environment");
    } finally {
      System.clearProperty(where);
      System.clearProperty(token);
      lambda.stop(0);
    }
  }
}
