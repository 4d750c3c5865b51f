package dev.longshore.wire.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DetailLimitTest {
  private static String detail(int attempt, int environment, int tags) {
    return """
    {"jobId":"j","status":"FAILED","attempts":[{"statusReason":"first %s"},{"statusReason":"x"}],
    "container":{"image":"i","environment":[{"name":"A","value":"%s"}]},
    "nodeProperties":{"nodeRangeProperties":[{"container":{"environment":[{"name":"B"}]}}]},
    "tags":{"environment":"%s"},"longshore":{"sequence":4}}
    """
        .formatted("a".repeat(attempt), "ü".repeat(environment), "t".repeat(tags));
  }

  private static JsonNode within(String detail, int limit) throws JsonProcessingException {
    String text = DetailLimit.within(detail, limit);
    assertThat(text.getBytes(UTF_8).length).isLessThanOrEqualTo(limit);
    return new ObjectMapper().readTree(text);
  }

  @Test
  @DisplayName("A detail that is small enough, counted in bytes, stays as it is")
  void small() {
    String detail = detail(1, 300, 1);
    int bytes = detail.getBytes(UTF_8).length;
    assertThat(DetailLimit.within(detail, bytes)).isSameAs(detail);
    assertThat(DetailLimit.within(detail, bytes - 1)).isNotEqualTo(detail);
  }

  @Test
  @DisplayName("The containers' environment goes first, and the detail says so")
  void environmentFirst() throws JsonProcessingException {
    JsonNode detail = within(detail(1, 1_000, 1), 600);
    assertThat(detail.get("truncated").booleanValue()).isTrue();
    assertThat(detail.get("longshore"))
        .hasToString("{\"sequence\":4,\"leftOut\":[\"environment\"]}");
    assertThat(detail.get("container")).hasToString("{\"image\":\"i\"}");
    assertThat(detail.get("nodeProperties").toString()).doesNotContain("environment");
    assertThat(detail.get("attempts")).hasSize(2);
    assertThat(detail.get("tags").get("environment").textValue()).isEqualTo("t");
  }

  @Test
  @DisplayName("Then all attempts but the last go")
  void attemptsNext() throws JsonProcessingException {
    JsonNode detail = within(detail(1_000, 1_000, 1), 600);
    assertThat(detail.get("longshore").get("leftOut"))
        .hasToString("[\"environment\",\"attempts\"]");
    assertThat(detail.get("attempts")).hasToString("[{\"statusReason\":\"x\"}]");
    assertThat(detail.has("container")).isTrue();
  }

  @Test
  @DisplayName("At last nothing is left but who the job is and how it fares")
  void everythingElse() throws JsonProcessingException {
    JsonNode detail = within(detail(1_000, 1_000, 1_000), 600);
    assertThat(detail.get("jobId").textValue()).isEqualTo("j");
    assertThat(detail.get("status").textValue()).isEqualTo("FAILED");
    assertThat(detail.has("container") || detail.has("tags")).isFalse();
  }
}
