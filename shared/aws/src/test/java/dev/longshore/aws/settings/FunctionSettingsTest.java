package dev.longshore.aws.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FunctionSettingsTest {
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "AWS_REGION", "eu-west-1",
              "LONGSHORE_ACCOUNT", "123456789012",
              "LONGSHORE_STACK", "longshore",
              "LONGSHORE_TABLE", "table",
              "LONGSHORE_SCHEDULER_QUEUE", "s",
              "LONGSHORE_CAPACITY_QUEUE", "c",
              "LONGSHORE_WORK_QUEUE", "w",
              "LONGSHORE_TICK_QUEUE", "t",
              "LONGSHORE_EVENT_BUS", "default",
              "LONGSHORE_RETENTION_DAYS", "7"));

  @Test
  @DisplayName("Settings are the variables; services are AWS's own unless an endpoint is named")
  void read() {
    FunctionSettings settings = FunctionSettings.of(variables);
    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.endpoint()).isEmpty();
    variables.put("AWS_ENDPOINT_URL", "http://10.0.0.1:4566");
    assertThat(FunctionSettings.of(variables).endpoint())
        .hasValue(URI.create("http://10.0.0.1:4566"));
  }

  @Test
  @DisplayName("A variable that is missing is named")
  void missing() {
    variables.remove("LONGSHORE_TABLE");
    assertThatThrownBy(() -> FunctionSettings.of(variables))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LONGSHORE_TABLE");
  }
}
