package dev.longshore.aws.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Lines of a log group as CloudWatch Logs hands them to a subscriber. */
public final class LogBatch {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogBatch() {}

  /**
   * A line.
   *
   * @param id the same whenever this line comes
   * @param timestamp when it was logged, in milliseconds
   * @param message all of it
   */
  public record Line(String id, long timestamp, String message) {}

  /**
   * The lines of a batch; none when CloudWatch Logs only tries whether somebody is there.
   *
   * @param data Base64 of compressed JSON
   * @throws IllegalArgumentException when it is something else
   */
  public static List<Line> lines(String data) {
    JsonNode batch;
    try (InputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      batch = JSON.readTree(unpacked);
    } catch (IOException e) {
      throw new IllegalArgumentException("This is no batch of CloudWatch Logs.", e);
    }
    List<Line> lines = new ArrayList<>();
    if (batch.path("messageType").asText().equals("DATA_MESSAGE")) {
      for (JsonNode event : batch.path("logEvents")) {
        lines.add(
            new Line(
                event.path("id").asText(),
                event.path("timestamp").asLong(),
                event.path("message").asText()));
      }
    }
    return lines;
  }
}
