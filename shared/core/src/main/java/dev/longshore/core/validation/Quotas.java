package dev.longshore.core.validation;

/** How many of what there may be ({@code batch-semantics} 19), in one place. */
public final class Quotas {
  public static final int QUEUES = 50;
  public static final int ENVIRONMENTS = 50;
  public static final int ENVIRONMENTS_PER_QUEUE = 3;
  public static final int SCHEDULING_POLICIES = 500;
  public static final int SHARES_PER_POLICY = 500;

  /** In one queue, at a time. */
  public static final int ACTIVE_SHARES = 500;

  public static final int TAGS = 50;

  /** Names or ARNs in one Describe call, and entries on one page. */
  public static final int PAGE = 100;

  public static final int JOB_DEFINITION_BYTES = 24 * 1024;
  public static final int RETRY_ATTEMPTS = 10;
  public static final int RETRY_CONDITIONS = 5;
  public static final int TIMEOUT_SECONDS_MIN = 60;
  public static final int SCHEDULING_PRIORITY_MAX = 9_999;

  /** In one list of a definition or an override. */
  public static final int CONSUMABLES_PER_JOB = 5;

  public static final int EC2_CONFIGURATIONS = 2;
  public static final int LAUNCH_TEMPLATE_OVERRIDES = 10;

  private Quotas() {}
}
