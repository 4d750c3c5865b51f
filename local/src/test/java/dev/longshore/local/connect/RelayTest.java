package dev.longshore.local.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class RelayTest {
  /** What came to the service. */
  private record Call(String method, String uri, Headers headers, String body) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer service;
  private final Relay relay;

  RelayTest() throws IOException {
    this.service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(
                new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            byte[] answer = "{\"message\":\"no\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ClientException");
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    this.relay =
        new Relay(
            0,
            URI.create("http://127.0.0.1:" + service.getAddress().getPort()),
            new RequestSigner(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create("AKID", "secret", "token")),
                "eu-west-1"));
  }

  @BeforeEach
  void start() {
    service.start();
    relay.start();
  }

  @AfterEach
  void stop() {
    relay.close();
    service.stop(0);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  @DisplayName("The client's signature is replaced by the caller's own for API Gateway")
  void signsAnew() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(relay.address() + "/v1/submitjob"))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=local/1/2/batch/aws4_request")
                .header("X-Amz-Security-Token", "the client's")
                .header("amz-sdk-invocation-id", "again-the-same")
                .POST(BodyPublishers.ofString("{\"jobName\":\"j\"}")));
    Call call = calls.getFirst();
    assertThat(call.headers().get("Authorization"))
        .singleElement()
        .asString()
        .contains("Credential=AKID/", "/eu-west-1/execute-api/aws4_request", "SignedHeaders=");
    assertThat(call.headers().get("X-Amz-Security-Token")).containsExactly("token");
    assertThat(call.headers().getFirst("amz-sdk-invocation-id")).isEqualTo("again-the-same");
    assertThat(call.body()).isEqualTo("{\"jobName\":\"j\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("ClientException");
    assertThat(answer.body()).isEqualTo("{\"message\":\"no\"}");
  }

  @Test
  @DisplayName("An encoded ARN in the path and a query arrive as they were sent")
  void paths() throws IOException, InterruptedException {
    String path = "/v1/tags/arn%3Aaws%3Abatch%3Aus-east-1%3A1%3Ajob-queue%2Fq?tagKeys=a%20b";
    send(HttpRequest.newBuilder(URI.create(relay.address() + path)).DELETE());
    assertThat(calls.getFirst().method()).isEqualTo("DELETE");
    assertThat(calls.getFirst().uri()).isEqualTo(path);
  }

  @Test
  @DisplayName("A page of another origin gets nothing signed")
  void pages() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(relay.address() + "/v1/submitjob"))
                .header("Origin", "https://example.com")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(calls).isEmpty();
  }

  @Test
  @DisplayName("A service that does not answer is said by name")
  void noService() throws IOException, InterruptedException {
    service.stop(0);
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(relay.address() + "/v1/submitjob"))
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("did not answer");
  }
}
