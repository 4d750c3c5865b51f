package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private final Service service = new Service();
  private final Known clusters = new Known();
  private final SettleResources settle =
      new SettleResources(service.catalog, service.hosts, service.jobs, clusters);

  /** Clusters that a test takes away or refuses. */
  private static final class Known implements Clusters {
    private final TreeSet<String> there = new TreeSet<>();
    private String problem = "";
    private boolean held;

    @Override
    public String create(String environment) {
      if (problem.isEmpty()) {
        there.add(environment);
      }
      return problem;
    }

    @Override
    public boolean delete(String environment) {
      if (!held) {
        there.remove(environment);
      }
      return !held;
    }
  }

  private ComputeEnvironment stored() {
    return service.catalog.environment("c").orElseThrow();
  }

  private void create() {
    service.ok(
        "CreateComputeEnvironment",
        "{\"computeEnvironmentName\":\"c\",\"type\":\"UNMANAGED\",\"serviceRole\":\"r\"}");
  }

  @Test
  @DisplayName("An environment is VALID when it has its cluster, an unmanaged one too")
  void made() {
    create();
    settle.settleEnvironment("c");
    assertThat(stored().status()).isEqualTo(ResourceStatus.VALID);
    assertThat(clusters.there).containsExactly("c");
  }

  @Test
  @DisplayName("One that cannot have a cluster is INVALID with the reason, and an update mends it")
  void refused() {
    create();
    clusters.problem = "The ECS cluster cannot be made: no.";
    settle.settleEnvironment("c");
    assertThat(stored().status()).isEqualTo(ResourceStatus.INVALID);
    assertThat(stored().statusReason())
        .isEqualTo("CLIENT_ERROR - The ECS cluster cannot be made: no.");
    clusters.problem = "";
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"c\",\"state\":\"DISABLED\"}");
    settle.settleEnvironment("c");
    assertThat(stored().status()).isEqualTo(ResourceStatus.VALID);
  }

  @Test
  @DisplayName("One that is deleted goes after its cluster, and stays while that is held")
  void deleted() {
    create();
    settle.settleEnvironment("c");
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"c\",\"state\":\"DISABLED\"}");
    settle.settleEnvironment("c");
    service.ok("DeleteComputeEnvironment", "{\"computeEnvironment\":\"c\"}");
    clusters.held = true;
    assertThat(settle.settleEnvironment("c")).isFalse();
    assertThat(service.catalog.environment("c")).isPresent();
    clusters.held = false;
    assertThat(settle.settleEnvironment("c")).isTrue();
    assertThat(service.catalog.environment("c")).isEmpty();
    assertThat(clusters.there).isEmpty();
  }
}
