package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static dev.longshore.core.validation.Refusals.refusedFramed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeRulesTest {
  private static final FewTypes TYPES = new FewTypes();

  private static Managed managed(int min, int max, Market market, String strategy, String... of) {
    return new Managed(market, min, max, 0, List.of(of), strategy);
  }

  private static Managed scaling(int min, int max) {
    return managed(min, max, Market.ON_DEMAND, "BEST_FIT", "optimal");
  }

  private static Managed of(String... types) {
    return managed(0, 8, Market.ON_DEMAND, "BEST_FIT", types);
  }

  @Test
  @DisplayName("0 <= minvCpus <= maxvCpus, and a maximum of 0 is allowed")
  void limits() {
    assertThatNoException().isThrownBy(() -> ComputeRules.check(scaling(0, 0), TYPES));
    assertThatNoException().isThrownBy(() -> ComputeRules.check(scaling(8, 8), TYPES));
    refused("minvCpus must not be negative.", () -> ComputeRules.check(scaling(-1, 8), TYPES));
    refused("maxvCpus must not be negative.", () -> ComputeRules.check(scaling(0, -1), TYPES));
    refused(
        "minvCpus must be less than or equal to maxvCpus.",
        () -> ComputeRules.check(scaling(9, 8), TYPES));
  }

  @Test
  @DisplayName("desiredvCpus lies between the limits and is never lowered by hand")
  void desired() {
    assertThatNoException().isThrownBy(() -> ComputeRules.checkDesired(4, 4, 4));
    refused(
        "desiredvCpus must be between minvCpus and maxvCpus.",
        () -> ComputeRules.checkDesired(3, 4, 8));
    refused(
        "desiredvCpus must be between minvCpus and maxvCpus.",
        () -> ComputeRules.checkDesired(9, 4, 8));
    assertThatNoException().isThrownBy(() -> ComputeRules.checkRaised(4, 4));
    refused(
        "Manually scaling down compute environment is not supported. Disconnecting job queues from"
            + " compute environment will cause it to scale-down to minvCpus",
        () -> ComputeRules.checkRaised(3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "BEST_FIT, true, true",
    "BEST_FIT_PROGRESSIVE, true, true",
    "BEST_FIT_PROGRESSIVE_ORDERED, true, false",
    "SPOT_CAPACITY_OPTIMIZED, false, true",
    "SPOT_PRICE_CAPACITY_OPTIMIZED, false, true",
    "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED, false, true",
    "WORST_FIT, false, false"
  })
  @DisplayName("Each allocation strategy belongs to its market")
  void strategies(String strategy, boolean onDemand, boolean spot) {
    strategy(managed(0, 8, Market.ON_DEMAND, strategy, "optimal"), onDemand, "EC2");
    strategy(managed(0, 8, Market.SPOT, strategy, "optimal"), spot, "SPOT");
  }

  private static final String ON_DEMAND =
      "BEST_FIT, BEST_FIT_PROGRESSIVE, BEST_FIT_PROGRESSIVE_ORDERED";
  private static final String SPOT =
      "BEST_FIT, BEST_FIT_PROGRESSIVE, SPOT_CAPACITY_OPTIMIZED, SPOT_PRICE_CAPACITY_OPTIMIZED,"
          + " SPOT_CAPACITY_OPTIMIZED_PRIORITIZED";

  private static void strategy(Managed managed, boolean allowed, String type) {
    if (allowed) {
      assertThatNoException().isThrownBy(() -> ComputeRules.check(managed, TYPES));
    } else {
      refused(
          "allocationStrategy %s is not applicable for %s; applicable are %s."
              .formatted(managed.allocationStrategy(), type, type.equals("EC2") ? ON_DEMAND : SPOT),
          () -> ComputeRules.check(managed, TYPES));
    }
  }

  @Test
  @DisplayName("Instance types must exist: sizes, families and the special words")
  void types() {
    assertThatNoException()
        .isThrownBy(() -> ComputeRules.check(of("c5", "c5.large", "optimal"), TYPES));
    refusedFramed("Instance types are required.", () -> ComputeRules.check(of(), TYPES));
    refusedFramed(
        "Instance type can only be one of the known sizes and families, optimal,"
            + " default_x86_64 and default_arm64, not c99.huge",
        () -> ComputeRules.check(of("c5", "c99.huge"), TYPES));
  }

  @Test
  @DisplayName("Instance types share one CPU architecture")
  void architecture() {
    assertThatNoException().isThrownBy(() -> ComputeRules.check(of("c6g"), TYPES));
    refused(
        "instanceTypes must share one CPU architecture: either x86_64 or arm64.",
        () -> ComputeRules.check(of("c5.large", "c6g.large"), TYPES));
    assertThat(ComputeRules.isArm(List.of("c6g"), TYPES)).isTrue();
    assertThat(ComputeRules.isArm(List.of("c5"), TYPES)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "BEST_FIT, BEST_FIT_PROGRESSIVE",
    "BEST_FIT_PROGRESSIVE, BEST_FIT",
    "BEST_FIT, BEST_FIT"
  })
  @DisplayName("BEST_FIT, before or after, forbids to replace instances")
  void replaceable(String before, String after) {
    refused(
        "Only desiredvCpus, maxvCpus, minvCpus, serviceRole and state of a compute environment"
            + " with allocation strategy BEST_FIT can be updated.",
        () ->
            ComputeRules.checkReplaceable(
                managed(0, 8, Market.ON_DEMAND, before, "c5"),
                managed(0, 8, Market.ON_DEMAND, after, "c5")));
  }
}
