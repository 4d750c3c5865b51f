package dev.longshore.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EcsClustersTest {
  private final FakeEcs ecs = new FakeEcs();
  private final List<String> deleted = new ArrayList<>();
  private final EcsClusters clusters = new EcsClusters(ecs, deleted::add);

  @Test
  @DisplayName("Making a cluster twice makes one, and keeps what is in it")
  void createsOnce() {
    assertThat(clusters.create("env")).isEmpty();
    ecs.join(ComputeEnvironment.clusterOf("env"), "i-1");
    assertThat(clusters.create("env")).isEmpty();
    assertThat(ecs.clusters.get(ComputeEnvironment.clusterOf("env"))).hasSize(1);
  }

  @Test
  @DisplayName("A cluster goes with the container instances that are left in it; again is no error")
  void deletes() {
    clusters.create("env");
    ecs.join(ComputeEnvironment.clusterOf("env"), "i-1");
    assertThat(clusters.delete("env")).isTrue();
    assertThat(ecs.clusters).isEmpty();
    assertThat(clusters.delete("env")).isTrue();
    assertThat(deleted).containsExactly("env", "env");
  }
}
