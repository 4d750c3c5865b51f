package dev.longshore.local.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Listens to events as a browser's EventSource does. */
final class Listener implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<java.io.InputStream> response;
  private final BufferedReader lines;

  /** An event and its ID. */
  record Heard(String id, JsonNode event) {
    JsonNode detail() {
      return event.get("detail");
    }

    /** {@code jobId status}. */
    String say() {
      return detail().get("jobId").textValue() + " " + detail().get("status").textValue();
    }
  }

  Listener(URI endpoint, String query, @Nullable String lastId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/longshore/v1/events" + query));
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    // The first comment: from now on everything is heard.
    lines.readLine();
  }

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** Everything up to the first event that is like this, that one included. */
  List<Heard> until(Predicate<Heard> last) {
    List<Heard> all = new ArrayList<>();
    String id = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          Heard heard = new Heard(id, JSON.readTree(line.substring(6)));
          all.add(heard);
          if (last.test(heard)) {
            return all;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the stream ended after " + all);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
