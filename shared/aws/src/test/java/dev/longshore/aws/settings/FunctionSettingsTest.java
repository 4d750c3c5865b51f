package dev.longshore.aws.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.validation.JobRoles;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FunctionSettingsTest {
  private static final JobRoles ROLES = new JobRoles.Named(List.of("arn:aws:iam::1:role/etl"));

  private final Map<String, String> variables =
      new HashMap<>(
          Map.ofEntries(
              Map.entry("AWS_REGION", "eu-west-1"),
              Map.entry("LONGSHORE_ACCOUNT", "123456789012"),
              Map.entry("LONGSHORE_STACK", "longshore"),
              Map.entry("LONGSHORE_TABLE", "table"),
              Map.entry("LONGSHORE_SCHEDULER_QUEUE", "s"),
              Map.entry("LONGSHORE_CAPACITY_QUEUE", "c"),
              Map.entry("LONGSHORE_WORK_QUEUE", "w"),
              Map.entry("LONGSHORE_REPAIR_QUEUE", "r"),
              Map.entry("LONGSHORE_TICK_QUEUE", "t"),
              Map.entry("LONGSHORE_EVENT_BUS", "default"),
              Map.entry("LONGSHORE_RETENTION_DAYS", "7")));

  FunctionSettingsTest() {
    variables.put("LONGSHORE_JOB_ROLES", JobRolesText.write(ROLES));
  }

  @Test
  @DisplayName("Settings are the variables; services are AWS's own unless an endpoint is named")
  void read() {
    FunctionSettings settings = FunctionSettings.of(variables);
    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.retention()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.repairQueue()).isEqualTo("r");
    assertThat(settings.jobRoles()).isEqualTo(ROLES);
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

  @Test
  @DisplayName("A snapshot follows where Lambda says so, and nowhere else")
  void snapshots() {
    assertThat(FunctionSettings.isSnapshotNext(variables)).isFalse();
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    assertThat(FunctionSettings.isSnapshotNext(variables)).isFalse();
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    assertThat(FunctionSettings.isSnapshotNext(variables)).isTrue();
  }
}
