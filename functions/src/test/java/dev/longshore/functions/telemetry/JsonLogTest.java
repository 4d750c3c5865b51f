package dev.longshore.functions.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonLogTest {
  private static final String JOB = "0f1c2d3e-0000-4000-8000-000000000001";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final JsonLog log = new JsonLog(new JsonLines(new PrintStream(written, true, UTF_8)));

  private JsonNode line(LogRecord record) throws IOException {
    record.setLoggerName("tests");
    log.publish(record);
    assertThat(written.toString(UTF_8)).endsWith("\n").containsOnlyOnce("\n");
    return new ObjectMapper().readTree(written.toByteArray());
  }

  @Test
  @DisplayName("A record is one line of JSON that names the jobs, also with a trace of many lines")
  void oneLine() throws IOException {
    LogRecord record = new LogRecord(Level.WARNING, "message {\"job\":\"" + JOB + ":7\"} failed");
    record.setThrown(new IllegalStateException("two\nlines of job " + JOB));
    JsonNode line = line(record);
    assertThat(line.path("level").asText()).isEqualTo("WARNING");
    assertThat(line.path("exception").asText()).contains("two\nlines");
    assertThat(line.path("jobs")).extracting(JsonNode::asText).containsExactly(JOB, JOB + ":7");
  }

  @Test
  @DisplayName("A UUID that is not a job's is not taken for one")
  void requestIds() throws IOException {
    JsonNode line = line(new LogRecord(Level.INFO, "request " + JOB + " (SubmitJob) failed"));
    assertThat(line.has("jobs")).isFalse();
  }
}
