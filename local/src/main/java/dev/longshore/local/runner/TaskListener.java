package dev.longshore.local.runner;

/** Hears what becomes of tasks, on any thread. */
public interface TaskListener {
  /**
   * The task runs; also told of those that a restarted service finds running.
   *
   * @param startedAt epoch ms
   */
  void running(Task task, long startedAt);

  /** The task is over. Told once by each run of the service until {@link Runner#forget}. */
  void stopped(Task task, TaskEnding ending);
}
