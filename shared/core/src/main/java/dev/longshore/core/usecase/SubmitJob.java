package dev.longshore.core.usecase;

import dev.longshore.core.dependency.Dependencies;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.validation.ClientFault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accepts a job ({@code batch-semantics} 2.1, {@code data-model} 6). */
public final class SubmitJob {
  private final JobStore jobs;
  private final CatalogStore catalog;
  private final JobIds ids;
  private final InstantSource clock;
  private final Shares shares;

  public SubmitJob(JobStore jobs, CatalogStore catalog, JobIds ids, InstantSource clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.ids = ids;
    this.clock = clock;
    this.shares = new Shares(catalog);
  }

  /**
   * A submission whose members are valid by themselves.
   *
   * @param idempotencyKey the same text gives the same job; absent when the caller sent none
   * @param name job name
   * @param queue queue name
   * @param queueAsGiven name or ARN as the caller wrote it, for error texts
   * @param definition the resolved, active revision
   * @param shape what one attempt asks for, overrides applied
   * @param retry the effective strategy
   * @param timeoutSeconds per attempt, 0 for none
   * @param arraySize 2 to 10,000, 0 for no array
   * @param dependsOn jobs to wait for, at most 20
   * @param share share identifier
   * @param priority scheduling priority
   * @param document the rest
   * @param order in which order its children may start
   * @param needs what an attempt takes of consumable resources
   * @param nodes of a multi-node job, absent for any other
   */
  public record Command(
      @Nullable String idempotencyKey,
      String name,
      String queue,
      String queueAsGiven,
      DefinitionId definition,
      Shape shape,
      RetryStrategy retry,
      int timeoutSeconds,
      int arraySize,
      List<JobId> dependsOn,
      @Nullable String share,
      int priority,
      JobDocument document,
      ChildOrder order,
      List<Need> needs,
      @Nullable NodeGroups nodes) {
    public Command {
      dependsOn = List.copyOf(dependsOn);
      needs = List.copyOf(needs);
    }
  }

  /**
   * Stores the job; from then on it reaches SUCCEEDED or FAILED.
   *
   * @return its ID; a repeated submission with the same key gets the same one
   * @throws ClientFault when the queue is unknown or takes no jobs or no more shares, or a
   *     dependency is unknown
   */
  public JobId submit(Command command) {
    return submit(openQueue(command.queue(), command.queueAsGiven()), command);
  }

  /**
   * Like {@link #submit(Command)}, to a queue that {@link #openQueue} gave just now. When it stops
   * taking jobs before this one is stored, the job ends like its others.
   *
   * @throws ClientFault when the queue takes no more shares, or a dependency is unknown
   */
  public JobId submit(JobQueue queue, Command command) {
    Set<JobId> targets = new LinkedHashSet<>(command.dependsOn());
    Set<JobId> pairs = command.order().pairs();
    Map<JobKey, Job> known =
        jobs.findAll(
            Stream.concat(targets.stream(), pairs.stream())
                .map(JobKey::whole)
                .collect(Collectors.toSet()));
    List<Job> waitsFor = found(targets, known);
    checkPairs(command, found(pairs, known));
    checkNeeds(command.needs());

    long now = clock.millis();
    JobSpec spec = specOf(command, now);
    shares.admit(queue, spec, now);
    JobId id =
        command.idempotencyKey() == null ? ids.random() : ids.derived(command.idempotencyKey());
    // Edges first: a handler that meets an edge without a job does nothing, because the job's own
    // record makes it check every target again.
    Set<JobId> unmet = Dependencies.unmet(waitsFor);
    for (JobId target : unmet) {
      jobs.addEdge(target, id, now);
    }
    for (JobId pair : pairs.stream().sorted().toList()) {
      jobs.addPair(pair, id, now);
    }
    Job job = Job.fresh(JobKey.whole(id), spec, stateOf(spec, unmet));
    // Refused means that a retried call met its first try: the same answer is right.
    jobs.create(job, command.document());
    return id;
  }

  private static JobState stateOf(JobSpec spec, Set<JobId> unmet) {
    if (!unmet.isEmpty()) {
      return new JobState.Pending(unmet);
    }
    return spec.isArray() ? new JobState.Open() : new JobState.Runnable(0);
  }

  private static JobSpec specOf(Command command, long now) {
    return new JobSpec(
        command.name(),
        command.queue(),
        command.definition(),
        command.shape(),
        command.retry(),
        command.timeoutSeconds(),
        command.arraySize(),
        command.share(),
        command.priority(),
        now,
        command.order(),
        command.needs(),
        command.nodes());
  }

  private static List<Job> found(Set<JobId> ids, Map<JobKey, Job> known) {
    List<Job> found = new ArrayList<>();
    for (JobId id : ids) {
      Job job = known.get(JobKey.whole(id));
      if (job == null) {
        throw new ClientFault("Job " + id + " in dependsOn does not exist.");
      }
      found.add(job);
    }
    return found;
  }

  /** N_TO_N is between arrays of one size. */
  private static void checkPairs(Command command, List<Job> pairs) {
    for (Job pair : pairs) {
      int size = pair.spec().arraySize();
      if (size == 0) {
        throw new ClientFault(
            "Job %s is not an array job; a dependency of type N_TO_N needs one."
                .formatted(pair.key()));
      }
      if (size != command.arraySize()) {
        throw new ClientFault(
            ("Job %s has %d children and this job has %d; a dependency of type N_TO_N needs arrays"
                    + " of the same size.")
                .formatted(pair.key(), size, command.arraySize()));
      }
    }
  }

  private void checkNeeds(List<Need> needs) {
    for (Need need : needs) {
      if (catalog.consumable(need.resource()).isEmpty()) {
        throw new ClientFault("ConsumableResource " + need.resource() + " does not exist.");
      }
    }
  }

  /**
   * The queue, if it takes jobs.
   *
   * @param asGiven name or ARN as the caller wrote it, for error texts
   * @throws ClientFault when it is unknown or takes no jobs
   */
  public JobQueue openQueue(String name, String asGiven) {
    JobQueue queue =
        catalog
            .queue(name)
            .filter(found -> found.status() != ResourceStatus.DELETED)
            .orElseThrow(() -> new ClientFault("JobQueue " + asGiven + " not found."));
    if (queue.status() == ResourceStatus.DELETING || queue.status() == ResourceStatus.INVALID) {
      throw new ClientFault(
          "JobQueue %s is in %s status and cannot accept jobs".formatted(asGiven, queue.status()));
    }
    if (!queue.enabled()) {
      throw new ClientFault(
          "JobQueue %s is in DISABLED state and cannot accept jobs".formatted(asGiven));
    }
    return queue;
  }
}
