package dev.longshore.core.validation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a container may ask for, in definitions and overrides ({@code batch-semantics} 2.5). */
public final class ContainerRules {
  /** A host remembers vCPUs of a dispatch in two bytes and GPUs in one ({@code data-model} 3). */
  private static final int VCPUS_MAX = 65_535;

  private static final int GPUS_MAX = 255;
  private static final int MEMORY_MIN = 4;
  private static final int IMAGE_MAX = 255;
  private static final Pattern USER = Pattern.compile("^([a-z0-9_][a-z0-9_-]{0,30})$");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final Set<String> LOG_DRIVERS =
      Set.of(
          "awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog");

  private ContainerRules() {}

  /** The image, which a definition must have. */
  public static void checkImage(@Nullable String image) {
    Require.framed(image != null && !image.isEmpty(), "containerProperties must contain image");
    Require.that(
        image != null && image.length() <= IMAGE_MAX,
        "image must have at most %d characters.".formatted(IMAGE_MAX));
  }

  /**
   * The amount of a {@code resourceRequirements} entry.
   *
   * @param type VCPU, MEMORY or GPU in any case
   * @return whole vCPUs, MiB or GPUs
   */
  public static int amount(@Nullable String type, @Nullable String value) {
    String kind = Require.text("resourceRequirements.type", type).toUpperCase(Locale.ROOT);
    String text = Require.text("resourceRequirements.value", value);
    Require.framed(
        DIGITS.matcher(text).matches(),
        "Value %s for type %s in resourceRequirement is not valid. Please provide a numeric value."
            .formatted(text, kind));
    int amount = Integer.parseInt(text);
    switch (kind) {
      case "VCPU" -> checkVcpus(amount);
      case "MEMORY" -> checkMemory(amount);
      case "GPU" ->
          Require.that(
              amount >= 1 && amount <= GPUS_MAX, "The number of GPUs must be between 1 and 255.");
      default -> throw new ClientFault("resourceRequirements.type must be VCPU, MEMORY or GPU.");
    }
    return amount;
  }

  /** Whole vCPUs, at least 1. */
  public static void checkVcpus(int vcpus) {
    Require.framed(vcpus >= 1, "container vcpus limit must be greater than 0");
    Require.that(vcpus <= VCPUS_MAX, "vcpus must be at most %d.".formatted(VCPUS_MAX));
  }

  /** MiB, at least 4. */
  public static void checkMemory(int memory) {
    Require.framed(memory >= MEMORY_MIN, "container memory limit must be greater than 4");
  }

  /** A command may be empty, its elements may not. */
  public static void checkCommand(List<String> command) {
    Require.that(
        command.stream().noneMatch(String::isEmpty), "command must not contain an empty string.");
  }

  /** The name of an environment variable or secret that a user sets. */
  public static void checkVariable(@Nullable String name) {
    String present = Require.text("environment.name", name);
    Require.that(
        !present.startsWith("AWS_BATCH"),
        "Environment variable %s is not allowed: names starting with AWS_BATCH are reserved."
            .formatted(present));
  }

  /** The user inside of the container. */
  public static void checkUser(String user) {
    Require.framed(USER.matcher(user).matches(), "User '%s' does not match regex".formatted(user));
  }

  /** The name of a log driver. */
  public static void checkLogDriver(@Nullable String driver) {
    String present = Require.text("logConfiguration.logDriver", driver);
    Require.that(
        LOG_DRIVERS.contains(present),
        "logConfiguration.logDriver must be one of %s, not %s."
            .formatted(LOG_DRIVERS.stream().sorted().toList(), present));
  }

  /** Seconds per attempt, at least 60; absent means none. */
  public static void checkTimeout(@Nullable Integer seconds) {
    Require.that(
        seconds == null || seconds >= Quotas.TIMEOUT_SECONDS_MIN,
        "timeout.attemptDurationSeconds must be at least %d."
            .formatted(Quotas.TIMEOUT_SECONDS_MIN));
  }
}
