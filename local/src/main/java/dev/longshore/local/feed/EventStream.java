package dev.longshore.local.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.longshore.wire.http.Callers;
import dev.longshore.wire.http.HttpCall;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /longshore/v1/events}: events as they happen, as server-sent events. */
public final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final String PATH = "/longshore/v1/events";

  private final EventFeed feed;

  public EventStream(EventFeed feed) {
    this.feed = feed;
  }

  /** True when this call is one for events. */
  public boolean serves(HttpCall call) {
    return call.rawPath().equals(PATH) && call.method().equals("GET");
  }

  /** Answers until the listener goes or the service ends. */
  public void serve(HttpCall call, HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    // A header from listeners that come back by themselves, a parameter from people.
    Optional<String> lastId =
        call.header("last-event-id")
            .or(() -> Optional.ofNullable(call.query().get("lastEventId")).map(List::getFirst));
    try (OutputStream body = exchange.getResponseBody()) {
      feed.listen(
          lastId,
          EventFilter.of(call.query()),
          Callers.of(call).arns(),
          text -> {
            body.write(text.getBytes(UTF_8));
            body.flush();
          });
    } catch (IOException gone) {
      LOG.debug("a listener went", gone);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
