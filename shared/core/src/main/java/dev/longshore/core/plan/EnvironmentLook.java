package dev.longshore.core.plan;

/**
 * What one environment of a queue says to a waiting job now.
 *
 * @param environment its name
 * @param verdict why it does not take the job, or that it would
 * @param detail the same as a sentence or a part of one, with names and numbers
 * @param launching how many hosts that are large enough are booting or about to be launched
 * @param launchingSince epoch ms of the first of these launches, 0 for none
 * @param vcpus of its hosts and of launches under way
 * @param maxVcpus the most it may have; 0 for an unmanaged one
 */
public record EnvironmentLook(
    String environment,
    Verdict verdict,
    String detail,
    int launching,
    long launchingSince,
    int vcpus,
    int maxVcpus) {

  /** What it comes to. */
  public enum Verdict {
    /** A host has room now. */
    HAS_ROOM,
    /** Hosts that are large enough are booting or asked for. */
    LAUNCHING,
    /** Nothing keeps it from launching; the next capacity round does. */
    ABOUT_TO_LAUNCH,
    /** Its hosts that are large enough are busy, and it launches no more of them. */
    BUSY,
    /** It has as many vCPUs as it may have, and all are busy. */
    AT_MAXIMUM,
    /** The provider refused the types that fit, a moment ago. */
    SHORTAGE,
    /** Its maximum is 0: a pause. */
    PAUSED,
    /** Nobody registered a host that is large enough in an unmanaged environment. */
    NO_HOST,
    /** Its instance types are not known, so nothing can be said. */
    TYPES_UNKNOWN,
    /** Switched off by its user. */
    DISABLED,
    /** It cannot work as it is configured; its status reason says why. */
    INVALID,
    /** It is not ready yet. */
    BEING_CREATED,
    /** It goes. */
    BEING_DELETED,
    /** It does not exist. */
    MISSING,
    /** No type and no host of it is large enough: it never takes this job. */
    NOTHING_FITS,
    /** A type would be large enough, but its maximum never allows it. */
    ABOVE_MAXIMUM,
    /** Multi-node jobs run neither on Spot nor in unmanaged environments. */
    NO_MULTI_NODE;

    /** True when it is proved that the environment, as it is configured, never takes the job. */
    public boolean isForGood() {
      return this == NOTHING_FITS || this == ABOVE_MAXIMUM || this == NO_MULTI_NODE;
    }
  }
}
