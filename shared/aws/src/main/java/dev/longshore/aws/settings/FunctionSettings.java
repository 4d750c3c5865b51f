package dev.longshore.aws.settings;

import dev.longshore.core.validation.JobRoles;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployed function is told by its environment. Every function gets all of it, so that one
 * page of the stack says which there are; what a function may use is a matter of its role.
 *
 * @param region where it runs
 * @param stack name of its stack, of which an account may have several
 * @param table name of the table
 * @param schedulerQueue URL of the FIFO queue for nudges of the scheduler
 * @param capacityQueue URL of the FIFO queue for nudges of capacity
 * @param workQueue URL of the queue for portions of work
 * @param repairQueue URL of the queue for what failed and is done again later
 * @param tickQueue URL of the queue for ticks of the sweep
 * @param eventBus name of the bus that gets events of jobs
 * @param account ID of the account it runs in
 * @param retention how long ended jobs are kept
 * @param jobRoles roles that jobs may have
 * @param endpoint of all of AWS's services, on an emulator; empty for the real ones
 */
public record FunctionSettings(
    String region,
    String account,
    String stack,
    String table,
    String schedulerQueue,
    String capacityQueue,
    String workQueue,
    String repairQueue,
    String tickQueue,
    String eventBus,
    Duration retention,
    JobRoles jobRoles,
    Optional<URI> endpoint) {

  /** Set by Lambda itself. */
  private static final String REGION = "AWS_REGION";

  /** Known to every SDK. */
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  /** Short runs: the first compiler only, and the collector that starts fastest. */
  public static final String JVM_OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  public static final String ACCOUNT = "LONGSHORE_ACCOUNT";
  public static final String STACK = "LONGSHORE_STACK";
  public static final String TABLE = "LONGSHORE_TABLE";
  public static final String SCHEDULER_QUEUE = "LONGSHORE_SCHEDULER_QUEUE";
  public static final String CAPACITY_QUEUE = "LONGSHORE_CAPACITY_QUEUE";
  public static final String WORK_QUEUE = "LONGSHORE_WORK_QUEUE";
  public static final String REPAIR_QUEUE = "LONGSHORE_REPAIR_QUEUE";
  public static final String TICK_QUEUE = "LONGSHORE_TICK_QUEUE";
  public static final String EVENT_BUS = "LONGSHORE_EVENT_BUS";
  public static final String RETENTION_DAYS = "LONGSHORE_RETENTION_DAYS";

  /** In the form of {@link JobRolesText}. */
  public static final String JOB_ROLES = "LONGSHORE_JOB_ROLES";

  /** Lambda says by it how an environment of a function begins. */
  private static final String BEGINS = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** True where Lambda takes a snapshot of this process as soon as its function has been made. */
  public static boolean isSnapshotNext() {
    return isSnapshotNext(System.getenv());
  }

  /** Whether these variables say so. */
  static boolean isSnapshotNext(Map<String, String> environment) {
    return "snap-start".equals(environment.get(BEGINS));
  }

  /** The settings of this process. */
  public static FunctionSettings ofProcess() {
    return of(System.getenv());
  }

  /**
   * Settings from variables.
   *
   * @throws IllegalStateException when one is missing
   */
  public static FunctionSettings of(Map<String, String> environment) {
    return new FunctionSettings(
        required(environment, REGION),
        required(environment, ACCOUNT),
        required(environment, STACK),
        required(environment, TABLE),
        required(environment, SCHEDULER_QUEUE),
        required(environment, CAPACITY_QUEUE),
        required(environment, WORK_QUEUE),
        required(environment, REPAIR_QUEUE),
        required(environment, TICK_QUEUE),
        required(environment, EVENT_BUS),
        Duration.ofDays(Long.parseLong(required(environment, RETENTION_DAYS))),
        JobRolesText.read(required(environment, JOB_ROLES)),
        Optional.ofNullable(environment.get(ENDPOINT)).map(URI::create));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("The variable " + name + " is not set.");
    }
    return value;
  }
}
