package dev.longshore.core.usecase;

import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a job.
 *
 * @param view the job and its status reason
 * @param document what was submitted; of a child, with its parent
 * @param definition its revision, absent once that was purged
 * @param summary of an array parent: how many children are in each of the seven states; otherwise
 *     empty
 */
public record JobDescription(
    JobView view,
    JobDocument document,
    @Nullable JobDefinition definition,
    Map<JobStatus, Integer> summary) {
  public JobDescription {
    summary = Map.copyOf(summary);
  }
}
