package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.settings.FunctionSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private static final FunctionSettings SETTINGS =
      new FunctionSettings(
          "eu-west-1",
          "123456789012",
          "longshore",
          "table",
          "scheduler",
          "capacity",
          "work",
          "ticks",
          "default",
          Duration.ofDays(7),
          Optional.empty());

  @Test
  @DisplayName("Every function starts without a call and without credentials")
  void start() {
    assertThat(DaggerApiComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerProgressComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerPublishComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerSchedulerComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerCapacityComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerObserveComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerWorkComponent.factory().create(SETTINGS).handler()).isNotNull();
    assertThat(DaggerSweepComponent.factory().create(SETTINGS).minute()).isNotNull();
  }
}
