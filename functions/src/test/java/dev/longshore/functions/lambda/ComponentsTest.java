package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  @Test
  @DisplayName("Every function starts without a call and without credentials")
  void start() {
    assertThat(DaggerApiComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerProgressComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerPublishComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerSchedulerComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerCapacityComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerObserveComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerWorkComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerAuditComponent.factory().create(Rig.SETTINGS).handler()).isNotNull();
    assertThat(DaggerSweepComponent.factory().create(Rig.SETTINGS).minute()).isNotNull();
  }
}
