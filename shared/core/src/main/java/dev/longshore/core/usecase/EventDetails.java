package dev.longshore.core.usecase;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the job of an event, as it was then: what DescribeJobs would have said. Tags
 * are those of now; everything else that is read here never changes.
 */
public final class EventDetails {
  private final JobStore jobs;
  private final CatalogStore catalog;

  public EventDetails(JobStore jobs, CatalogStore catalog) {
    this.jobs = jobs;
    this.catalog = catalog;
  }

  /** The jobs of these events, one by one. */
  public List<JobDescription> of(List<BatchEvent> events) {
    Map<JobId, JobDocument> documents =
        jobs.documents(
            new LinkedHashSet<>(events.stream().map(event -> event.job().key().job()).toList()));
    Map<DefinitionId, Optional<JobDefinition>> definitions = new HashMap<>();
    List<JobDescription> descriptions = new ArrayList<>();
    for (BatchEvent event : events) {
      Job job = event.job();
      descriptions.add(
          new JobDescription(
              new JobView(job, reason(event)),
              documents.getOrDefault(job.key().job(), new JobDocument("{}", Map.of())),
              definitions
                  .computeIfAbsent(job.spec().definition(), catalog::definition)
                  .orElse(null),
              summary(event)));
    }
    return descriptions;
  }

  private static Map<JobStatus, Integer> summary(BatchEvent event) {
    return switch (event) {
      case BatchEvent.StateChanged changed -> changed.summary();
      case BatchEvent.QueueBlocked _ -> Map.of();
    };
  }

  /** A job that just came into its state was not looked at by any round yet. */
  private static @Nullable String reason(BatchEvent event) {
    return switch (event) {
      case BatchEvent.StateChanged changed -> StatusReasons.byItself(changed.job(), changed.at());
      case BatchEvent.QueueBlocked blocked -> blocked.reason();
    };
  }
}
