package dev.longshore.core.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a job waits. The first ones are AWS's own, word for word ({@code batch-semantics} 5.3):
 * clients and time limit actions match them, and some clients kill a job at the first sight of a
 * MISCONFIGURATION. The ones with {@code WAITING} are ours.
 */
public enum Reason {
  /** The provider refused every instance type that fits. */
  INSUFFICIENT_INSTANCE_CAPACITY(
      "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
      "Service cannot fulfill the capacity requested for instance type"),
  /** An instance type would fit, but max vCPUs never allow it. */
  COMPUTE_ENVIRONMENT_MAX_RESOURCE(
      "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
      "CE(s) associated with the job queue cannot meet the CPU requirement of the job."),
  /** No instance type and no host is large enough. */
  JOB_RESOURCE_REQUIREMENT(
      "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT",
      "The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s)"
          + " attached to the job queue."),
  /** All environments that matter are INVALID. */
  ENVIRONMENTS_INVALID("ACTION_REQUIRED", "CE(s) associated with the job queue are invalid."),
  /** The environments that could take the job are switched off. */
  ENVIRONMENT_DISABLED("WAITING:ENVIRONMENT_DISABLED", ""),
  /** No host has room now; some may get it or may be launched. */
  CAPACITY("WAITING:CAPACITY", ""),
  /** Jobs that were there earlier wait for the same room. */
  QUEUE_POSITION("WAITING:QUEUE_POSITION", ""),
  /** Others have taken what the job needs of a consumable resource, or there is not enough. */
  CONSUMABLE_RESOURCE("WAITING:CONSUMABLE_RESOURCE", ""),
  /** The room that there is, is kept for shares that are not active yet. */
  COMPUTE_RESERVATION("WAITING:COMPUTE_RESERVATION", "");

  private final String code;
  private final String words;

  Reason(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The part before {@code " - "}: what {@code jobStateTimeLimitActions.reason} names. */
  public String code() {
    return code;
  }

  /** False when more hosts would not let the jobs start. */
  public boolean isHelpedByHosts() {
    return this != CONSUMABLE_RESOURCE && this != COMPUTE_RESERVATION;
  }

  /** The reason whose complete text this is; empty for any other text. */
  public static Optional<Reason> of(String text) {
    return Arrays.stream(values())
        .filter(reason -> text.startsWith(reason.code + " - "))
        .findFirst();
  }

  /**
   * True for AWS's own reasons: a job at the head of its queue that waits for one of them blocks
   * the queue ({@code batch-semantics} 18.3).
   */
  public boolean blocksQueue() {
    return !code.startsWith("WAITING:");
  }

  /** True for reasons that say "never, as it is configured": they are told only when proved. */
  public boolean isForGood() {
    return this == COMPUTE_ENVIRONMENT_MAX_RESOURCE || this == JOB_RESOURCE_REQUIREMENT;
  }

  /** True when the jobs wait for room that others use or that is still to come. */
  public boolean isWaitForRoom() {
    return switch (this) {
      case INSUFFICIENT_INSTANCE_CAPACITY, CAPACITY, QUEUE_POSITION -> true;
      case COMPUTE_ENVIRONMENT_MAX_RESOURCE,
          JOB_RESOURCE_REQUIREMENT,
          ENVIRONMENTS_INVALID,
          ENVIRONMENT_DISABLED,
          CONSUMABLE_RESOURCE,
          COMPUTE_RESERVATION ->
          false;
    };
  }

  /** The complete text: AWS's words where there are any, then our detail. */
  public String text(String detail) {
    return words.isEmpty() ? code + " - " + detail : code + " - " + words + " " + detail;
  }
}
