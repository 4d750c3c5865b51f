package dev.longshore.functions.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundCounterTest {
  @Test
  @DisplayName("A failed round is a line from which CloudWatch makes a metric with its kind")
  void counts() throws JsonProcessingException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    JsonLines lines = new JsonLines(new PrintStream(written, true, UTF_8));

    new RoundCounter(lines, () -> Instant.ofEpochMilli(5)).count("scheduling");

    JsonNode line = new ObjectMapper().readTree(written.toString(UTF_8));
    JsonNode metrics = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(5);
    assertThat(metrics.path("Namespace").asText()).isEqualTo("Longshore");
    assertThat(metrics.at("/Dimensions/0/0").asText()).isEqualTo("Round");
    assertThat(metrics.at("/Metrics/0/Name").asText()).isEqualTo("RoundsFailed");
    assertThat(line.path("Round").asText()).isEqualTo("scheduling");
    assertThat(line.path("RoundsFailed").asInt()).isEqualTo(1);
  }
}
