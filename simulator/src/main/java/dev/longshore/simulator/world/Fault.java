package dev.longshore.simulator.world;

/** What can go wrong in the simulated world. */
public enum Fault {
  /** A handler's process is gone before a call of a port has its effect. */
  CRASH_BEFORE_CALL,
  /** A handler's process is gone after a call of a port had its effect. */
  CRASH_AFTER_CALL,
  /** The store does not answer and has not done what was asked. */
  STORE_FAILS_BEFORE,
  /** The store does not answer and has done what was asked. */
  STORE_FAILS_AFTER,
  /** A handler stands still between two calls while others go on. */
  PAUSE,
  /** A handler stands still for long between what it read and what it writes. */
  STALE_WRITE,
  /** A handler's clock goes wrong by up to a second and a half. */
  CLOCK_SKEW,
  /** A batch of stream records is delivered again, much later perhaps. */
  RECORDS_AGAIN,
  /** A batch of stream records comes late. */
  RECORDS_LATE,
  /** An event of a task or host is told twice. */
  EVENT_AGAIN,
  /** An event comes so late that others overtake it. */
  EVENT_LATE,
  /** An event never comes. */
  EVENT_LOST,
  /** A nudge gets lost; only the timer nudges again. */
  NUDGE_LOST,
  /** Two rounds of one domain run at the same time. */
  ROUND_TWICE,
  /** A portion of work is delivered again. */
  WORK_AGAIN,
  /** A timer skips a beat. */
  TIMER_SKIPS,
  /** A host does not take a task. */
  START_REFUSED,
  /** A host that did not take a task is dying, and soon gone. */
  DYING_HOST,
  /** A start is not answered, and did not happen. */
  START_LOST,
  /** A start is not answered, and did happen. */
  START_UNANSWERED,
  /** A task cannot start as it is defined. */
  UNSTARTABLE,
  /** An instance type cannot be had for a while. */
  SHORTAGE,
  /** The whole service is killed, with all its queues in memory, and started again. */
  RESTART,
  /** A host takes minutes to boot. */
  SLOW_BOOT,
  /** A host never registers. */
  NEVER_REGISTERS,
  /** A host dies under its tasks. */
  HOST_DEATH,
  /** Spot capacity is taken back two minutes after that was said. */
  SPOT_WARNING,
  /** Spot capacity is taken back without a warning. */
  SPOT_RECLAIM,
  /** A host is out of contact for a while; its tasks go on. */
  AGENT_LOST,
  /** A host is out of contact for ever; its tasks go on. */
  AGENT_GONE,
  /** A batch of stream records is not delivered; the repair brings it minutes later. */
  RECORDS_DROPPED,
  /** Calls of a port are refused for a while, since there are too many. */
  THROTTLED,
  /** Somebody else writes an item just before a conditional write. */
  RIVAL_WRITE,
  /** Some events of a call reach the bus, then it does not answer. */
  BUS_FAILS,
  /**
   * A handler stands still before it stores what it decided of a job, while others do what they may
   * do just then, and goes on when they have changed the job.
   */
  OVERTAKEN
}
