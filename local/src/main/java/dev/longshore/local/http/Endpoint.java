package dev.longshore.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.local.companion.CompanionApi;
import dev.longshore.local.feed.EventStream;
import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.http.ErrorAnswer;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the Batch API and its companions on one loopback port. Calls to Batch go to the same
 * handler, in the same form, as behind API Gateway.
 */
public final class Endpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  /** One byte more than is allowed: enough to see that it is too much. */
  private static final int MOST_BYTES = BatchApi.MAX_BODY + 1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> batch;
  private final CompanionApi companions;
  private final EventStream events;

  /**
   * Binds the port; nothing is answered before {@link #start}.
   *
   * @param port 0 for any free one
   * @throws BindException when the port is taken or must not be used, in words for the user
   */
  public Endpoint(
      int port,
      Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> batch,
      CompanionApi companions,
      EventStream events)
      throws IOException {
    this.batch = batch;
    this.companions = companions;
    this.events = events;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.server = bound(address);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  private static HttpServer bound(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      BindException named =
          new BindException(
              "Port %d on 127.0.0.1 is not to be had (%s); --port 0 takes any free one."
                  .formatted(address.getPort(), e.getMessage()));
      named.initCause(e);
      throw named;
    }
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
  }

  /** Waits for requests under way and closes. */
  public void close(Duration patience) {
    server.stop((int) patience.toSeconds());
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<String> refusal = Gate.refusal(exchange.getRequestHeaders());
      if (refusal.isPresent()) {
        send(exchange, forbidden(refusal.get()));
        return;
      }
      HttpCall call = call(exchange);
      if (events.serves(call)) {
        events.serve(call, exchange);
        return;
      }
      Optional<HttpAnswer> answer = companions.handle(call);
      if (answer.isPresent()) {
        send(exchange, answer.get());
      } else {
        APIGatewayV2HTTPResponse response = batch.apply(event(exchange, call));
        byte[] body = Optional.ofNullable(response.getBody()).orElse("").getBytes(UTF_8);
        send(exchange, new HttpAnswer(response.getStatusCode(), response.getHeaders(), body));
      }
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      throw e;
    }
  }

  private static HttpAnswer forbidden(String why) {
    return ErrorAnswer.of(403, "AccessDeniedException", why, UUID.randomUUID().toString());
  }

  private static HttpCall call(HttpExchange exchange) throws IOException {
    byte[] body;
    try (InputStream input = exchange.getRequestBody()) {
      body = input.readNBytes(MOST_BYTES);
    }
    URI uri = exchange.getRequestURI();
    return HttpCall.of(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        uri.getRawQuery(),
        exchange.getRequestHeaders(),
        body,
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private static APIGatewayV2HTTPEvent event(HttpExchange exchange, HttpCall call) {
    RequestContext.Http http =
        RequestContext.Http.builder()
            .withMethod(call.method())
            .withPath(call.rawPath())
            .withSourceIp(call.sourceIp())
            .build();
    @Nullable String query = exchange.getRequestURI().getRawQuery();
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(call.rawPath())
        .withRawQueryString(query == null ? "" : query)
        .withHeaders(new HashMap<>(call.headers()))
        .withBody(Base64.getEncoder().encodeToString(call.body()))
        .withIsBase64Encoded(true)
        .withRequestContext(RequestContext.builder().withHttp(http).build())
        .build();
  }

  private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
    byte[] body = answer.body();
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      try (OutputStream output = exchange.getResponseBody()) {
        output.write(body);
      }
    }
  }
}
