package dev.longshore.wire.jobs;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.batch.model.JobDependency;

/**
 * What a submission waits for ({@code batch-semantics} 7), as far as it can be told without reading
 * the jobs it names.
 *
 * @param jobs jobs that must succeed as a whole
 * @param order what the children of an array wait for, one by one
 */
record SubmittedDependencies(List<JobId> jobs, ChildOrder order) {
  private static final int MAX = 20;

  SubmittedDependencies {
    jobs = List.copyOf(jobs);
  }

  /**
   * Reads the entries of {@code dependsOn}.
   *
   * @param arraySize 0 when the submitted job is no array
   * @throws ClientFault when an entry is none of the documented forms
   */
  static SubmittedDependencies of(List<JobDependency> entries, int arraySize) {
    Require.framed(entries.size() <= MAX, "Job cannot have more than 20 dependencies");
    List<JobId> jobs = new ArrayList<>();
    Set<JobId> pairs = new LinkedHashSet<>();
    boolean sequential = false;
    for (JobDependency entry : entries) {
      switch (entry.type()) {
        case null -> jobs.add(target(entry));
        case N_TO_N -> {
          checkArray(entry, arraySize);
          pairs.add(target(entry));
        }
        case SEQUENTIAL -> {
          checkArray(entry, arraySize);
          Require.that(
              entry.jobId() == null || entry.jobId().isEmpty(),
              "A dependency of type SEQUENTIAL is among the children of the job itself; it takes no"
                  + " jobId.");
          sequential = true;
        }
        case UNKNOWN_TO_SDK_VERSION ->
            throw new ClientFault("dependsOn.type must be N_TO_N or SEQUENTIAL.");
      }
    }
    return new SubmittedDependencies(jobs, new ChildOrder(pairs, sequential));
  }

  private static void checkArray(JobDependency entry, int arraySize) {
    Require.that(
        arraySize > 0, "A dependency of type " + entry.type() + " is only allowed for array jobs.");
  }

  private static JobId target(JobDependency entry) {
    String given = Require.text("dependsOn.jobId", entry.jobId());
    JobKey key =
        JobRefs.parse(given)
            .orElseThrow(() -> new ClientFault("Job " + given + " in dependsOn does not exist."));
    Require.that(
        key.isWhole(), "Job " + given + " in dependsOn is part of a job; name the whole job.");
    return key.job();
  }
}
