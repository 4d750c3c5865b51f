package dev.longshore.infra;

/** The functions of the service. */
enum Part {
  API("ApiFunction", 1024, 29, "Serves the Batch API."),
  PROGRESS("ProgressFunction", 1024, 60, "Does what follows from a change."),
  PUBLISH("PublishFunction", 1024, 60, "Publishes events of jobs."),
  SCHEDULER("SchedulerFunction", 1024, 30, "Places jobs on hosts."),
  CAPACITY("CapacityFunction", 1024, 30, "Launches and ends hosts."),
  OBSERVE("ObserveFunction", 512, 60, "Takes in what ECS and EC2 report."),
  WORK("WorkFunction", 1024, 60, "Starts and stops tasks, and does large work in portions."),
  SWEEP("SweepFunction", 1024, 120, "Finds what is stuck, once a minute and more often."),
  AUDIT("AuditFunction", 512, 60, "Tells of each call of the API.");

  private static final String PACKAGE = "dev.longshore.functions.lambda.";

  private final String entry;
  private final int memoryMib;
  private final int timeoutSeconds;
  private final String task;

  Part(String entry, int memoryMib, int timeoutSeconds, String task) {
    this.entry = entry;
    this.memoryMib = memoryMib;
    this.timeoutSeconds = timeoutSeconds;
    this.task = task;
  }

  /** Name in the template. */
  String id() {
    return entry;
  }

  /** The class that Lambda makes. */
  String handler() {
    return PACKAGE + entry;
  }

  int memoryMib() {
    return memoryMib;
  }

  int timeoutSeconds() {
    return timeoutSeconds;
  }

  String task() {
    return task;
  }
}
