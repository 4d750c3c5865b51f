package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static dev.longshore.core.validation.Refusals.refusedFramed;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.ResourceStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class QueueRulesTest {
  private static ComputeEnvironment environment(ResourceStatus status, @Nullable String type) {
    Managed managed =
        type == null
            ? null
            : new Managed(Market.ON_DEMAND, 0, 8, 0, List.of(type), ComputeRules.BEST_FIT);
    return new ComputeEnvironment("e", true, status, "", managed, 0, "{}", Map.of(), 0, 1);
  }

  @Test
  @DisplayName("A queue has one to three environments")
  void count() {
    assertThatNoException()
        .isThrownBy(() -> QueueRules.checkOrder(List.of("a", "b", "c"), List.of(1, 2, 3)));
    refused(
        "computeEnvironmentOrder must have between 1 and 3 entries.",
        () -> QueueRules.checkOrder(List.of(), List.of()));
    refused(
        "computeEnvironmentOrder must have between 1 and 3 entries.",
        () -> QueueRules.checkOrder(List.of("a", "b", "c", "d"), List.of(1, 2, 3, 4)));
  }

  @Test
  @DisplayName("No environment and no order value comes twice")
  void duplicates() {
    refused(
        "computeEnvironmentOrder must not name a compute environment twice.",
        () -> QueueRules.checkOrder(List.of("a", "a"), List.of(1, 2)));
    refused(
        "computeEnvironmentOrder must not use an order value twice.",
        () -> QueueRules.checkOrder(List.of("a", "b"), List.of(1, 1)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "VALID")
  @DisplayName("Only what exists and is VALID can be attached")
  void attachable(ResourceStatus status) {
    refused(
        "Compute environment e must be valid before attaching to a job queue; it is %s."
            .formatted(status),
        () -> QueueRules.checkAttachable("e", environment(status, "c5")));
    refused(
        "Compute environment e must be created and valid before attaching to a job queue.",
        () -> QueueRules.checkAttachable("e", null));
    assertThatNoException()
        .isThrownBy(() -> QueueRules.checkAttachable("e", environment(ResourceStatus.VALID, "c5")));
  }

  @Test
  @DisplayName("Environments of a queue are of one kind and one CPU architecture")
  void mixture() {
    ComputeEnvironment x86 = environment(ResourceStatus.VALID, "c5");
    ComputeEnvironment arm = environment(ResourceStatus.VALID, "c6g");
    ComputeEnvironment unmanaged = environment(ResourceStatus.VALID, null);
    FewTypes types = new FewTypes();
    assertThatNoException().isThrownBy(() -> QueueRules.checkMixture(List.of(x86, x86), types));
    assertThatNoException()
        .isThrownBy(() -> QueueRules.checkMixture(List.of(unmanaged, unmanaged), types));
    refused(
        "A job queue cannot mix MANAGED and UNMANAGED compute environments.",
        () -> QueueRules.checkMixture(List.of(x86, unmanaged), types));
    refused(
        "The compute environments of a job queue must share one CPU architecture.",
        () -> QueueRules.checkMixture(List.of(x86, arm), types));
  }

  @Test
  @DisplayName("A FIFO queue never gets a policy, a fair-share queue never loses it")
  void policy() {
    assertThatNoException().isThrownBy(() -> QueueRules.checkPolicyChange("a", "b"));
    assertThatNoException().isThrownBy(() -> QueueRules.checkPolicyChange(null, null));
    refused(
        "A scheduling policy cannot be added to a job queue that was created without one.",
        () -> QueueRules.checkPolicyChange(null, "a"));
    refused(
        "The scheduling policy of a job queue can be replaced, but not removed.",
        () -> QueueRules.checkPolicyChange("a", null));
  }

  private static final String REASON = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY";

  @ParameterizedTest
  @CsvSource({
    "STARTING, 600, CANCEL, jobStateTimeLimitActions.state must be RUNNABLE.",
    "RUNNABLE, 599, CANCEL,"
        + " jobStateTimeLimitActions.maxTimeSeconds must be between 600 and 86400.",
    "RUNNABLE, 86401, CANCEL,"
        + " jobStateTimeLimitActions.maxTimeSeconds must be between 600 and 86400.",
    "RUNNABLE, 600, TERMINATE, jobStateTimeLimitActions.action must be CANCEL.",
    "RUNNABLE, 600, , jobStateTimeLimitActions.action must be CANCEL."
  })
  @DisplayName("A time limit action cancels RUNNABLE jobs after 600 to 86400 seconds")
  void timeLimits(String state, int seconds, @Nullable String action, String refusal) {
    refused(refusal, () -> QueueRules.checkTimeLimit(REASON, state, seconds, action));
    assertThatNoException()
        .isThrownBy(() -> QueueRules.checkTimeLimit(REASON, "RUNNABLE", 86_400, "CANCEL"));
  }

  @Test
  @DisplayName("A time limit action has a time, and a reason for which AWS allows one, once")
  void timeLimitMembers() {
    refusedFramed(
        "jobStateTimeLimitActions.reason is required.",
        () -> QueueRules.checkTimeLimit(null, "RUNNABLE", 600, "CANCEL"));
    refusedFramed(
        "jobStateTimeLimitActions.maxTimeSeconds is required.",
        () -> QueueRules.checkTimeLimit(REASON, "RUNNABLE", null, "CANCEL"));
    refused(
        "jobStateTimeLimitActions.reason must be one of CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY,"
            + " MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE,"
            + " MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT,"
            + " MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED.",
        () -> QueueRules.checkTimeLimit("ACTION_REQUIRED", "RUNNABLE", 600, "CANCEL"));
    refused(
        "jobStateTimeLimitActions must have one entry for each reason.",
        () -> QueueRules.checkTimeLimits(List.of(REASON, REASON)));
  }
}
