package dev.longshore.functions.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON objects, one a line: what CloudWatch Logs reads as one event. */
public final class JsonLines {
  private static final JsonFactory JSON = new JsonFactory();

  private final PrintStream out;

  /** Lines to this stream, which stays open. */
  public JsonLines(PrintStream out) {
    this.out = out;
  }

  /** Members of one object. */
  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes one object. */
  public void write(Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    out.println(line);
  }
}
