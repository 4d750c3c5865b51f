package dev.longshore.benchmarks.coldstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** DynamoDB as far as a function asks it here, and Lambda's endpoint for credentials. */
final class EmptyTable implements AutoCloseable {
  static final String CREDENTIALS = "/credentials";

  private static final String NOTHING_FOUND = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  EmptyTable() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, NOTHING_FOUND));
    server.createContext(CREDENTIALS, exchange -> answer(exchange, credentials()));
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String credentials() {
    return """
    {"AccessKeyId":"key","SecretAccessKey":"secret","Token":"token","Expiration":"%s"}
    """
        .formatted(Instant.now().plusSeconds(3600));
  }
}
