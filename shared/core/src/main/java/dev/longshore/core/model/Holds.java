package dev.longshore.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why jobs of a queue wait, as the last round found it. One item per queue, written only when it
 * changed; never part of a job.
 *
 * @param queue name of the queue
 * @param entries by shape and reason, at most 100
 * @param front the job that stands first; absent while nothing waits
 * @param version grows by one with each stored change; 0 when nothing is stored yet
 */
public record Holds(String queue, List<Entry> entries, @Nullable Front front, long version) {
  public Holds {
    entries = List.copyOf(entries);
  }

  /** Without saying who stands first. */
  public Holds(String queue, List<Entry> entries, long version) {
    this(queue, entries, null, version);
  }

  /**
   * Waiting jobs of one shape.
   *
   * @param shape what one attempt asks for
   * @param reason complete text for {@code statusReason}
   * @param first the first job in the line that it holds
   * @param since epoch ms since when
   * @param needs what one attempt takes of consumable resources
   * @param nodes how many nodes; 0 for jobs that are no multi-node jobs
   */
  public record Entry(
      Shape shape, String reason, JobKey first, long since, List<Need> needs, int nodes) {
    public Entry {
      needs = List.copyOf(needs);
    }

    /** Jobs that need one host. */
    public Entry(Shape shape, String reason, JobKey first, long since, List<Need> needs) {
      this(shape, reason, first, since, needs, 0);
    }

    /** Jobs that need room on a host only. */
    public Entry(Shape shape, String reason, JobKey first, long since) {
      this(shape, reason, first, since, List.of(), 0);
    }

    /** True when it speaks of jobs that ask for what this one does. */
    public boolean isOf(JobSpec spec) {
      NodeGroups ofJob = spec.nodes();
      return shape.equals(spec.shape())
          && needs.equals(spec.needs())
          && nodes == (ofJob == null ? 0 : ofJob.count());
    }
  }

  /** Nothing known. */
  public static Holds none(String queue) {
    return new Holds(queue, List.of(), 0);
  }
}
