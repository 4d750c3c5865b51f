package dev.longshore.aws.ecs;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.wire.jobs.EffectiveTask;
import java.util.List;
import java.util.Map;

/** Knows which containers of a job's task are essential. */
public final class EssentialContainers {
  private final JobStore jobs;
  private final CatalogStore catalog;

  public EssentialContainers(JobStore jobs, CatalogStore catalog) {
    this.jobs = jobs;
    this.catalog = catalog;
  }

  /** Their names, in the order of the job's definition; none when job or definition is gone. */
  public List<String> of(JobKey key) {
    return jobs.find(key)
        .map(Job::spec)
        .flatMap(spec -> catalog.definition(spec.definition()))
        .map(definition -> names(definition, key))
        .orElse(List.of());
  }

  private List<String> names(JobDefinition definition, JobKey key) {
    JobDocument document =
        jobs.document(key.job()).orElseGet(() -> new JobDocument("{}", Map.of()));
    try {
      return EffectiveTask.defined(definition, document, key).parts().stream()
          .filter(EffectiveTask.Part::essential)
          .map(EffectiveTask.Part::name)
          .toList();
    } catch (ClientFault notItsDefinition) {
      return List.of();
    }
  }
}
