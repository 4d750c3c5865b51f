package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static dev.longshore.core.validation.Refusals.refusedFramed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRulesTest {
  @Test
  @DisplayName("A container has an image of up to 255 characters")
  void image() {
    assertThatNoException().isThrownBy(() -> ContainerRules.checkImage("i".repeat(255)));
    refusedFramed("containerProperties must contain image", () -> ContainerRules.checkImage(null));
    refusedFramed("containerProperties must contain image", () -> ContainerRules.checkImage(""));
    refused(
        "image must have at most 255 characters.",
        () -> ContainerRules.checkImage("i".repeat(256)));
  }

  @ParameterizedTest
  @CsvSource({
    "VCPU, 1, 1",
    "vcpu, 65535, 65535",
    "MEMORY, 4, 4",
    "Memory, 999999999, 999999999",
    "GPU, 1, 1",
    "GPU, 255, 255",
    "VCPU, 007, 7"
  })
  @DisplayName("Amounts are whole numbers, types come in any case")
  void amounts(String type, String value, int amount) {
    assertThat(ContainerRules.amount(type, value)).isEqualTo(amount);
  }

  @ParameterizedTest
  @CsvSource({"VCPU, 1.0", "VCPU, 0.25", "VCPU, -1", "MEMORY, 2G", "GPU, one", "VCPU, 9999999999"})
  @DisplayName("Anything but a whole number is no amount")
  void notNumeric(String type, String value) {
    refusedFramed(
        "Value %s for type %s in resourceRequirement is not valid. Please provide a numeric value."
            .formatted(value, type),
        () -> ContainerRules.amount(type, value));
  }

  @Test
  @DisplayName("At least 1 vCPU, 4 MiB, 1 GPU, and no more than a host can record")
  void bounds() {
    refusedFramed(
        "container vcpus limit must be greater than 0", () -> ContainerRules.amount("VCPU", "0"));
    refused("vcpus must be at most 65535.", () -> ContainerRules.amount("VCPU", "65536"));
    refusedFramed(
        "container memory limit must be greater than 4",
        () -> ContainerRules.amount("MEMORY", "3"));
    refused(
        "The number of GPUs must be between 1 and 255.", () -> ContainerRules.amount("GPU", "0"));
    refused(
        "The number of GPUs must be between 1 and 255.", () -> ContainerRules.amount("GPU", "256"));
  }

  @Test
  @DisplayName("A requirement has a known type and a value")
  void requirement() {
    refusedFramed("resourceRequirements.type is required.", () -> ContainerRules.amount(null, "1"));
    refusedFramed(
        "resourceRequirements.value is required.", () -> ContainerRules.amount("VCPU", null));
    refused(
        "resourceRequirements.type must be VCPU, MEMORY or GPU.",
        () -> ContainerRules.amount("DISK", "1"));
  }

  @Test
  @DisplayName("A command may be empty but has no empty element")
  void command() {
    assertThatNoException().isThrownBy(() -> ContainerRules.checkCommand(List.of()));
    assertThatNoException().isThrownBy(() -> ContainerRules.checkCommand(List.of("sh", " ")));
    refused(
        "command must not contain an empty string.",
        () -> ContainerRules.checkCommand(List.of("sh", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_BATCH", "AWS_BATCH_JOB_ID", "AWS_BATCHES"})
  @DisplayName("Variables with the service's prefix are refused")
  void reservedVariables(String name) {
    refused(
        "Environment variable %s is not allowed: names starting with AWS_BATCH are reserved."
            .formatted(name),
        () -> ContainerRules.checkVariable(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION", "aws_batch", "X_AWS_BATCH", "_"})
  @DisplayName("Other variables are allowed")
  void variables(String name) {
    assertThatNoException().isThrownBy(() -> ContainerRules.checkVariable(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Root", "a:b", "-x", "", "0123456789012345678901234567890_"})
  @DisplayName("The user matches the service's pattern")
  void user(String user) {
    refusedFramed(
        "User '%s' does not match regex".formatted(user), () -> ContainerRules.checkUser(user));
    assertThatNoException().isThrownBy(() -> ContainerRules.checkUser("nobody_1-x"));
    assertThatNoException().isThrownBy(() -> ContainerRules.checkUser("1000"));
  }

  @Test
  @DisplayName("Log drivers are those of the service")
  void logDriver() {
    assertThatNoException().isThrownBy(() -> ContainerRules.checkLogDriver("json-file"));
    refusedFramed(
        "logConfiguration.logDriver is required.", () -> ContainerRules.checkLogDriver(null));
    refused(
        "logConfiguration.logDriver must be one of [awsfirelens, awslogs, fluentd, gelf, journald,"
            + " json-file, splunk, syslog], not none.",
        () -> ContainerRules.checkLogDriver("none"));
  }

  @Test
  @DisplayName("A timeout has at least 60 seconds and no maximum")
  void timeout() {
    assertThatNoException().isThrownBy(() -> ContainerRules.checkTimeout(null));
    assertThatNoException().isThrownBy(() -> ContainerRules.checkTimeout(60));
    assertThatNoException().isThrownBy(() -> ContainerRules.checkTimeout(Integer.MAX_VALUE));
    refused(
        "timeout.attemptDurationSeconds must be at least 60.",
        () -> ContainerRules.checkTimeout(59));
  }
}
