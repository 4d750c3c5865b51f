package dev.longshore.local.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.local.http.Gate;
import dev.longshore.wire.http.ErrorAnswer;
import dev.longshore.wire.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Takes requests of clients on the loopback interface, signs them anew and passes them on. It
 * decides nothing: the answer is the service's own.
 */
public final class Relay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI service;
  private final RequestSigner signer;

  /**
   * Binds the port; nothing is answered before {@link #start}.
   *
   * @param port 0 for any free one
   * @param service where requests go
   */
  Relay(int port, URI service, RequestSigner signer) throws IOException {
    this.service = service;
    this.signer = signer;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * One that passes on to a service in the name of an account.
   *
   * @param port 0 for any free one
   */
  public static Relay open(int port, URI service, Account account) throws IOException {
    return new Relay(port, service, new RequestSigner(account.credentials(), account.region()));
  }

  /** Begins to answer. */
  public void start() {
    server.start();
  }

  /** Where it is. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<String> refusal = Gate.refusal(exchange.getRequestHeaders());
      if (refusal.isPresent()) {
        send(exchange, failure(403, "AccessDeniedException", refusal.get()));
        return;
      }
      send(exchange, relayed(exchange));
    }
  }

  private HttpAnswer relayed(HttpExchange exchange) throws IOException {
    byte[] body;
    try (InputStream input = exchange.getRequestBody()) {
      body = input.readAllBytes();
    }
    URI asked = exchange.getRequestURI();
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    URI target = URI.create(service + asked.getRawPath() + query);
    try {
      SdkHttpRequest signed =
          signer.sign(exchange.getRequestMethod(), target, exchange.getRequestHeaders(), body);
      return answered(http.send(request(signed, target, body), BodyHandlers.ofByteArray()));
    } catch (SdkException noCredentials) {
      return failure(403, "AccessDeniedException", String.valueOf(noCredentials.getMessage()));
    } catch (IOException unreachable) {
      return failure(502, "ServerException", service + " did not answer: " + unreachable);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return failure(503, "ServerException", "This endpoint is closing.");
    }
  }

  private static HttpRequest request(SdkHttpRequest signed, URI target, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .method(
                signed.method().name(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    signed.forEachHeader((name, values) -> {
      // The client library writes this one itself, from the same address.
      if (!name.equalsIgnoreCase("host")) {
        values.forEach(value -> request.header(name, value));
      }
    });
    return request.build();
  }

  private static HttpAnswer answered(HttpResponse<byte[]> response) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          boolean ofConnection =
              name.startsWith(":")
                  || name.equalsIgnoreCase("connection")
                  || name.equalsIgnoreCase("content-length")
                  || name.equalsIgnoreCase("transfer-encoding");
          if (!ofConnection) {
            headers.put(name, values.getFirst());
          }
        });
    return new HttpAnswer(response.statusCode(), headers, response.body());
  }

  private static HttpAnswer failure(int status, String type, String message) {
    return ErrorAnswer.of(status, type, message, UUID.randomUUID().toString());
  }

  private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    if (length > 0) {
      try (OutputStream output = exchange.getResponseBody()) {
        output.write(answer.body());
      }
    }
  }
}
