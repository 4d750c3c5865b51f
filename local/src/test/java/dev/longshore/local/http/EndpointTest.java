package dev.longshore.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.local.companion.CompanionApi;
import dev.longshore.local.feed.EventFeed;
import dev.longshore.local.feed.EventStream;
import dev.longshore.local.logs.LogStore;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.http.BatchApi;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @TempDir private Path directory;

  private final List<APIGatewayV2HTTPEvent> seen = new ArrayList<>();
  private Endpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    CompanionApi companions = new CompanionApi(new LogStore(directory), () -> "request-1");
    endpoint = new Endpoint(0, this::answer, companions, new EventStream(feed()));
    endpoint.start();
  }

  private static EventFeed feed() {
    MemoryJobStore jobs =
        new MemoryJobStore(
            InstantSource.system(), Duration.ofDays(1), () -> 0, _ -> {}, Watcher.NONE);
    return new EventFeed(new EventDetails(jobs, new MemoryCatalogStore(_ -> {})), "run", null);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    seen.add(event);
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(200)
        .withHeaders(Map.of("Content-Type", "application/json"))
        .withBody("{\"seen\":1}")
        .build();
  }

  /** Raw, because HTTP clients do not let their callers forge a Host header. */
  private String send(String head, String body) throws IOException {
    try (Socket socket = new Socket(endpoint.address().getHost(), endpoint.address().getPort())) {
      String request =
          head
              + "\r\nConnection: close\r\nContent-Length: "
              + body.getBytes(UTF_8).length
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  @DisplayName("A port that is taken is named, with the way to a free one")
  void taken() {
    int port = endpoint.address().getPort();
    CompanionApi companions = new CompanionApi(new LogStore(directory), () -> "request-1");
    assertThatThrownBy(() -> new Endpoint(port, this::answer, companions, new EventStream(feed())))
        .isInstanceOf(BindException.class)
        .hasMessageContainingAll("Port " + port + " ", "--port 0");
  }

  private String post(String headers, String body) throws IOException {
    return send("POST /v1/submitjob HTTP/1.1\r\n" + headers, body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8462", "127.0.0.1:1", "[::1]:8462", "LOCALHOST"})
  @DisplayName("Requests under a loopback name are let in")
  void loopback(String host) throws IOException {
    assertThat(post("Host: " + host, "{}")).startsWith("HTTP/1.1 200").endsWith("{\"seen\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.7:8462",
        "evil.example#localhost"
      })
  @DisplayName("A page whose name was rebound to this machine gets a 403 and reaches nothing")
  void rebound(String host) throws IOException {
    assertThat(post("Host: " + host, "{}"))
        .startsWith("HTTP/1.1 403")
        .containsIgnoringCase("x-amzn-errortype: AccessDeniedException")
        .contains("\"__type\":\"AccessDeniedException\"");
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, 403",
    "null, 403",
    "http://localhost:99, 403",
    "https://localhost:8462, 403",
    "http://localhost:8462, 200"
  })
  @DisplayName("A page of another origin gets a 403, a page of this endpoint is let in")
  void origins(String origin, String status) throws IOException {
    String headers = "Host: localhost:8462\r\nOrigin: " + origin;

    assertThat(post(headers, "{}")).startsWith("HTTP/1.1 " + status);
    assertThat(seen).hasSize(status.equals("200") ? 1 : 0);
  }

  @Test
  @DisplayName("The handler gets method, path, query, headers and body as API Gateway sends them")
  void event() throws IOException {
    send(
        "DELETE /v1/tags/arn%3Aaws%3Abatch%2Fx?tagKeys=a&tagKeys=b%20c HTTP/1.1\r\n"
            + "Host: localhost\r\nX-Amz-Thing: Ä",
        "{\"a\":1}");

    APIGatewayV2HTTPEvent event = seen.getFirst();
    assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("DELETE");
    assertThat(event.getRawPath()).isEqualTo("/v1/tags/arn%3Aaws%3Abatch%2Fx");
    assertThat(event.getRawQueryString()).isEqualTo("tagKeys=a&tagKeys=b%20c");
    assertThat(event.getHeaders()).containsKey("x-amz-thing");
    assertThat(event.getIsBase64Encoded()).isTrue();
    assertThat(new String(Base64.getDecoder().decode(event.getBody()), UTF_8))
        .isEqualTo("{\"a\":1}");
  }

  @Test
  @DisplayName("Of a body that is too large, just one byte too much is handed on")
  void largeBody() throws IOException {
    post("Host: localhost", "x".repeat(BatchApi.MAX_BODY + 10_000));

    assertThat(Base64.getDecoder().decode(seen.getFirst().getBody()))
        .hasSize(BatchApi.MAX_BODY + 1);
  }

  @Test
  @DisplayName("A call that is signed for another service does not reach Batch")
  void companion() throws IOException {
    String headers =
        "Host: localhost\r\nX-Amz-Target: Logs_20140328.DescribeLogGroups\r\n"
            + "Authorization: AWS4-HMAC-SHA256 Credential=k/20260101/eu-west-1/logs/aws4_request,";

    assertThat(send("POST / HTTP/1.1\r\n" + headers, "{}"))
        .startsWith("HTTP/1.1 200")
        .contains("\"logGroupName\":\"/aws/batch/job\"", "arn:aws:logs:eu-west-1:000000000000:");
    assertThat(seen).isEmpty();
  }
}
