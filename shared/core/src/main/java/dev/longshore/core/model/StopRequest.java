package dev.longshore.core.model;

/**
 * The recorded wish that a job ends. Once there it stays: a job that was told to stop never starts
 * again.
 *
 * @param kind who wants it
 * @param reason becomes the job's status reason
 * @param at epoch ms when it was recorded with this job: a child of an array is told later than the
 *     array
 */
public record StopRequest(Kind kind, String reason, long at) {

  /** Who wants the job to end. */
  public enum Kind {
    /** CancelJob: reaches only what has not started. */
    CANCEL,
    /** TerminateJob. */
    TERMINATE,
    /** The attempt ran longer than its timeout. */
    TIMEOUT,
    /** The queue was deleted, or another rule of the service. */
    SERVICE
  }
}
