package dev.longshore.simulator.invariant;

/** What must hold whatever happens ({@code design} section 1). */
public enum Law {
  NOTHING_IS_LOST("every accepted job is stored and ends"),
  TERMINAL_IS_TERMINAL("a job that ended never changes"),
  HISTORY_ONLY_GROWS("attempts, stop requests and met dependencies are never forgotten"),
  ALLOWED_STEPS_ONLY("a job moves only along the state diagram"),
  ONE_LIVE_ATTEMPT("attempt n+1 starts only after attempt n is over"),
  TOLD_TO_STOP_STAYS_STOPPED("a job that was told to stop never starts again"),
  ENDS_AS_ITS_TASK_DID("a job's record of an attempt says what really happened"),
  RETRIES_AS_OFTEN_AS_ASKED("never more attempts than the retry strategy allows"),
  RESERVED_BEFORE_USED("an attempt has its room on the host before it starts"),
  RELEASED_ONCE("room is given back when its attempt is over, not before, and none is left"),
  NO_HOST_OVERSUBSCRIBED("what is taken of a host fits into it"),
  VCPUS_WITHIN_MAXIMUM("an environment is never launched beyond its maximum"),
  NO_HOST_TAKEN_FROM_A_TASK("no host is terminated while a live attempt runs on it"),
  NO_HOST_LEFT("idle hosts go that no minimum asks for"),
  MINIMUM_IS_KEPT("an environment at rest has its minimum"),
  DEPENDENCIES_RESPECTED("a job waits for those it depends on and fails with them"),
  CHILDREN_IN_ORDER("a child starts after those it waits for succeeded, and fails with them"),
  CONSUMABLES_RESPECTED(
      "never more is taken of a consumable resource than there is, all comes back"),
  ARRAY_FOLLOWS_CHILDREN("an array ends exactly when all its children did, and counts them"),
  GANG_ALL_OR_NONE("no task of a multi-node job starts unless all its nodes have their room"),
  NODES_FOLLOW_MAIN("a node begins once the main node runs and does not outlive it for long"),
  TURNS_ARE_KEPT("a job is not overtaken for long by later ones of its line that need as much"),
  FAIR_SHARE_WITHIN_ITS_BOUND("a share does not go on getting more while one with far less waits"),
  TIMEOUT_IN_TIME("an attempt that runs too long is told to stop within 20 s"),
  IMPOSSIBLE_STAYS_SO("an event never meets a job in a state in which it cannot come"),
  EVENTS_TELL_ALL("each change of state is told, in order, and nothing else is"),
  HANDLERS_DO_NOT_THROW("a handler throws only when the store does not answer"),
  SEED_IS_WORTH_IT("a seed brings enough jobs, events and faults");

  private final String sentence;

  Law(String sentence) {
    this.sentence = sentence;
  }

  /** The law in words. */
  public String sentence() {
    return sentence;
  }
}
