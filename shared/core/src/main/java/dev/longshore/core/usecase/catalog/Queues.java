package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.TimeLimit;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Names;
import dev.longshore.core.validation.QueueRules;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import dev.longshore.core.validation.Transitions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Job queues ({@code batch-semantics} 2.8). How a queue and its environments stay together while
 * both change is told at {@link Attachments}.
 */
public final class Queues {
  private final CatalogStore catalog;
  private final InstanceTypes types;
  private final InstantSource clock;
  private final Attachments attachments;

  public Queues(CatalogStore catalog, InstanceTypes types, InstantSource clock) {
    this.catalog = catalog;
    this.types = types;
    this.clock = clock;
    this.attachments = new Attachments(catalog);
  }

  /**
   * What a user asks for.
   *
   * @param places its environments in any order
   * @param schedulingPolicy name of a policy, absent for a FIFO queue
   * @param timeLimits how long jobs may stand at its head
   */
  public record Draft(
      String name,
      boolean enabled,
      int priority,
      List<Place> places,
      @Nullable String schedulingPolicy,
      List<TimeLimit> timeLimits,
      Map<String, String> tags) {
    public Draft {
      places = List.copyOf(places);
      timeLimits = List.copyOf(timeLimits);
      tags = Map.copyOf(tags);
    }
  }

  /**
   * One environment of a queue.
   *
   * @param environment its name
   * @param order smaller is tried earlier
   */
  public record Place(String environment, int order) {}

  /**
   * Stores it CREATING; {@link SettleResources} makes it VALID.
   *
   * @throws ClientFault when the name is taken, an environment is not VALID, or the draft breaks
   *     another rule
   */
  public void create(Draft draft) {
    Names.check("jobQueueName", draft.name());
    Tags.check(draft.tags());
    List<JobQueue> all = catalog.queues();
    Require.that(
        all.stream().noneMatch(each -> each.name().equals(draft.name())), "Object already exists");
    Require.that(
        all.size() < Quotas.QUEUES, "There can be at most %d job queues.".formatted(Quotas.QUEUES));
    JobQueue queue = queueOf(draft);
    check(queue, List.of(), null);
    Require.that(catalog.createQueue(queue), "Object already exists");
    claim(queue, queue.next(ResourceStatus.DELETING, ""));
  }

  /** The queue of this name, in whatever status. */
  public Optional<JobQueue> find(String name) {
    return catalog.queue(name);
  }

  /** All of them, by name. */
  public List<JobQueue> all() {
    return catalog.queues();
  }

  /**
   * Changes what a user may change and stores it UPDATING.
   *
   * @param arn for the message when it does not exist
   * @param change from the stored one to the wanted one; status and version are set here. May be
   *     called again when somebody else was faster; may refuse
   */
  public void update(String name, String arn, UnaryOperator<JobQueue> change) {
    AtomicReference<@Nullable JobQueue> replaced = new AtomicReference<>();
    JobQueue updated =
        Swap.required(
            arn + " does not exist",
            () -> catalog.queue(name),
            before -> {
              replaced.set(before);
              return updated(before, change);
            },
            catalog::saveQueue);
    JobQueue before = replaced.get();
    if (before != null && refersToMore(updated, before)) {
      claim(updated, restored(before, updated));
    }
  }

  /**
   * Starts the deletion; its jobs end and then it goes. Of what is being deleted already, it is a
   * success.
   *
   * @param arn for the message when it does not exist
   */
  public void delete(String name, String arn) {
    Swap.required(
        arn + " does not exist", () -> catalog.queue(name), Queues::deleting, catalog::saveQueue);
  }

  /** The places in ascending order, as a queue keeps them; refuses duplicates. */
  public static JobQueue placed(JobQueue queue, List<Place> places) {
    List<Place> sorted = places.stream().sorted(Comparator.comparingInt(Place::order)).toList();
    List<String> environments = sorted.stream().map(Place::environment).toList();
    List<Integer> orders = sorted.stream().map(Place::order).toList();
    QueueRules.checkOrder(environments, orders);
    return new JobQueue(
        queue.name(),
        queue.enabled(),
        queue.status(),
        queue.statusReason(),
        queue.priority(),
        environments,
        orders,
        queue.schedulingPolicy(),
        queue.timeLimits(),
        queue.tags(),
        queue.createdAt(),
        queue.version());
  }

  /** The environments of a queue with their order values. */
  public static List<Place> places(JobQueue queue) {
    return IntStream.range(0, queue.environments().size())
        .mapToObj(i -> new Place(queue.environments().get(i), queue.orders().get(i)))
        .toList();
  }

  private JobQueue queueOf(Draft draft) {
    JobQueue unplaced =
        new JobQueue(
            draft.name(),
            draft.enabled(),
            ResourceStatus.CREATING,
            "",
            draft.priority(),
            List.of(),
            List.of(),
            draft.schedulingPolicy(),
            draft.timeLimits(),
            draft.tags(),
            clock.millis(),
            1);
    return placed(unplaced, draft.places());
  }

  private JobQueue updated(JobQueue before, UnaryOperator<JobQueue> change) {
    Transitions.checkUpdate(before.status());
    JobQueue wanted = change.apply(before);
    QueueRules.checkPolicyChange(before.schedulingPolicy(), wanted.schedulingPolicy());
    check(wanted, before.environments(), before.schedulingPolicy());
    return new JobQueue(
        before.name(),
        wanted.enabled(),
        ResourceStatus.UPDATING,
        "",
        wanted.priority(),
        wanted.environments(),
        wanted.orders(),
        wanted.schedulingPolicy(),
        wanted.timeLimits(),
        before.tags(),
        before.createdAt(),
        before.version() + 1);
  }

  private static JobQueue deleting(JobQueue before) {
    if (before.status() == ResourceStatus.DELETING) {
      return before;
    }
    Transitions.checkDelete(before.status(), before.enabled());
    return before.next(ResourceStatus.DELETING, "");
  }

  private static boolean refersToMore(JobQueue after, JobQueue before) {
    return !before.environments().containsAll(after.environments())
        || !Objects.equals(before.schedulingPolicy(), after.schedulingPolicy());
  }

  /** What the queue has already is not looked at again: environments need not be VALID just now. */
  private void check(JobQueue queue, List<String> attached, @Nullable String attachedPolicy) {
    List<ComputeEnvironment> found = new ArrayList<>();
    for (String name : queue.environments()) {
      Optional<ComputeEnvironment> environment = catalog.environment(name);
      if (!attached.contains(name)) {
        QueueRules.checkAttachable(name, environment.orElse(null));
      }
      environment.ifPresent(found::add);
    }
    QueueRules.checkMixture(found, types);
    String policy = queue.schedulingPolicy();
    if (policy != null && !policy.equals(attachedPolicy) && catalog.policy(policy).isEmpty()) {
      throw new ClientFault("Scheduling policy %s does not exist".formatted(policy));
    }
  }

  /** Claims what a stored queue refers to; when something is lost, stores {@code undone}. */
  private void claim(JobQueue queue, JobQueue undone) {
    List<String> lost = attachments.claim(queue.environments());
    boolean policyLost = !attachments.claimPolicy(queue.schedulingPolicy());
    if (lost.isEmpty() && !policyLost) {
      return;
    }
    Swap.of(
        () -> catalog.queue(queue.name()),
        now -> isStill(queue, now) ? onto(now, undone) : now,
        catalog::saveQueue);
    for (String environment : lost) {
      QueueRules.checkAttachable(environment, null);
    }
    throw new ClientFault(
        "Scheduling policy %s does not exist".formatted(queue.schedulingPolicy()));
  }

  /** True when nobody but {@link SettleResources} can have touched it since it was stored. */
  private static boolean isStill(JobQueue stored, JobQueue now) {
    return now.createdAt() == stored.createdAt()
        && now.status() != ResourceStatus.DELETING
        && now.version() <= stored.version() + 1;
  }

  private static JobQueue restored(JobQueue before, JobQueue updated) {
    return new JobQueue(
        before.name(),
        before.enabled(),
        ResourceStatus.UPDATING,
        "",
        before.priority(),
        before.environments(),
        before.orders(),
        before.schedulingPolicy(),
        before.timeLimits(),
        updated.tags(),
        before.createdAt(),
        updated.version() + 1);
  }

  private static JobQueue onto(JobQueue now, JobQueue undone) {
    return new JobQueue(
        now.name(),
        undone.enabled(),
        undone.status(),
        undone.statusReason(),
        undone.priority(),
        undone.environments(),
        undone.orders(),
        undone.schedulingPolicy(),
        undone.timeLimits(),
        now.tags(),
        now.createdAt(),
        now.version() + 1);
  }
}
