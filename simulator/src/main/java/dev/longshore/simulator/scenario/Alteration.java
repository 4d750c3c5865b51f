package dev.longshore.simulator.scenario;

import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.usecase.Observation;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something put between the shipped parts: a bug planted on purpose, to see that the laws find it.
 */
public interface Alteration {
  /** The service as it is shipped. */
  Alteration NONE = new Alteration() {};

  /** The jobs as all handlers see them. */
  default JobStore jobs(JobStore real) {
    return real;
  }

  /** The jobs as the scheduling round sees them. */
  default JobStore jobsOfScheduler(JobStore seen) {
    return seen;
  }

  /** The hosts as all handlers see them. */
  default HostStore hosts(HostStore real) {
    return real;
  }

  /** The catalog as all handlers see it, consumable resources included. */
  default CatalogStore catalog(CatalogStore real) {
    return real;
  }

  /** The tasks as all handlers see them. */
  default TaskRunner tasks(TaskRunner real) {
    return real;
  }

  /** The handler of stream records; {@code jobs} to look things up. */
  default Consumer<List<Change>> progress(Consumer<List<Change>> shipped, JobStore jobs) {
    return shipped;
  }

  /** What a service that runs in one process does before anything else. */
  default Runnable settleAll(Runnable shipped) {
    return shipped;
  }

  /** The handler of task and host events; {@code jobs} to look things up. */
  default Consumer<List<Observation>> observe(Consumer<List<Observation>> shipped, JobStore jobs) {
    return shipped;
  }
}
