package dev.longshore.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index of a queue knows of a job. All of it is immutable but the lane, and all of it is a
 * hint: the index lags.
 *
 * @param job the job
 * @param lane where it was when the index was written
 * @param name job name
 * @param definition its definition
 * @param shape what one attempt asks for
 * @param share share identifier
 * @param priority scheduling priority
 * @param arraySize 0 when it is no array
 * @param createdAt epoch ms
 * @param needs what an attempt takes of consumable resources
 * @param nodes the nodes of a multi-node job, absent for any other
 */
public record LineEntry(
    JobId job,
    Lane lane,
    String name,
    DefinitionId definition,
    Shape shape,
    @Nullable String share,
    int priority,
    int arraySize,
    long createdAt,
    List<Need> needs,
    @Nullable NodeGroups nodes) {
  public LineEntry {
    needs = List.copyOf(needs);
  }

  /** The entry of this job as it is now. */
  public static LineEntry of(Job job) {
    JobSpec spec = job.spec();
    return new LineEntry(
        job.key().job(),
        Lane.of(job.state()),
        spec.name(),
        spec.definition(),
        spec.shape(),
        spec.share(),
        spec.priority(),
        spec.arraySize(),
        spec.createdAt(),
        spec.needs(),
        spec.nodes());
  }

  /** Its place in the lane. */
  public Position position() {
    return new Position(createdAt, job);
  }

  /**
   * A place in a lane: submission order. It never changes, so a page token stays valid when jobs
   * change lanes.
   *
   * @param createdAt epoch ms
   * @param job breaks ties
   */
  public record Position(long createdAt, JobId job) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int byTime = Long.compare(createdAt, other.createdAt);
      return byTime != 0 ? byTime : job.toString().compareTo(other.job.toString());
    }
  }
}
