package dev.longshore.core.usecase;

import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.EnvironmentLook;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is where it is, in full.
 *
 * @param view the job and its short reason
 * @param why the rest
 */
public record JobExplanation(JobView view, Why why) {

  /** What it waits for, where it runs, or how it ended. */
  public sealed interface Why {}

  /** It waits for other jobs. */
  public record WaitsForJobs(List<Dependency> dependencies) implements Why {
    public WaitsForJobs {
      dependencies = List.copyOf(dependencies);
    }
  }

  /**
   * A job, or a child of an array, that is waited for.
   *
   * @param key which
   * @param job as it is now, or null when it is gone
   */
  public record Dependency(JobKey key, @Nullable Job job) {}

  /** An attempt could not start; the next one is made at this time, epoch ms. */
  public record WaitsForRetry(long notBefore) implements Why {}

  /** An array whose children live their own lives. */
  public record WaitsForChildren(Map<JobStatus, Integer> summary) implements Why {
    public WaitsForChildren {
      summary = Map.copyOf(summary);
    }
  }

  /**
   * It may run and has no host.
   *
   * @param line its place in its queue, or null when the queue is gone
   * @param hold why the round of this moment does not place it, or null when it would
   * @param asks what one attempt asks for
   * @param environments of its queue, in the order in which they are looked at
   */
  public record WaitsForRoom(
      @Nullable Line line, @Nullable Held hold, Shape asks, List<EnvironmentLook> environments)
      implements Why {
    public WaitsForRoom {
      environments = List.copyOf(environments);
    }

    /**
     * True when it is proved that it never runs as its queue is configured: each environment says
     * so now. What a round said earlier proves nothing.
     */
    public boolean neverRuns() {
      return hold != null
          && hold.forGood()
          && environments.stream().allMatch(look -> look.verdict().isForGood());
    }
  }

  /**
   * A reason to wait.
   *
   * @param text the complete text, as in {@code statusReason}
   * @param since epoch ms since when jobs of its queue and shape are held for it, 0 when unknown
   * @param forGood true when it never changes by itself, and that is proved
   */
  public record Held(String text, long since, boolean forGood) {}

  /**
   * A place in a queue.
   *
   * @param ahead waiting jobs of the queue that would start first if there were room for all, the
   *     turns of its shares included; -1 when there are too many to look
   * @param head the first waiting job of the queue that the round of this moment does not place
   * @param headReason why not
   */
  public record Line(
      JobQueue queue, int ahead, @Nullable JobKey head, @Nullable String headReason) {}

  /**
   * It has a host.
   *
   * @param startedAt epoch ms, 0 while its task is being started
   */
  public record HasHost(Dispatch dispatch, @Nullable String task, long startedAt) implements Why {}

  /** It is over. */
  public record IsOver(JobState.Ended end) implements Why {}
}
