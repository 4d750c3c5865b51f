package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.Queues.Place;
import dev.longshore.simulator.world.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to queues, environments and policies while jobs run. What would keep jobs from
 * ever ending is taken back: in the end all is enabled and as large as it was, but for a minimum.
 */
final class CatalogActs {
  private static final int CHANGES_WITHIN_MILLIS = 540_000;
  private static final int OFF_MILLIS = 90_000;
  private static final String EXTRA = "extra";
  private static final List<String> ENVIRONMENTS =
      Setting.MAX_VCPUS.keySet().stream().sorted().toList();
  private static final List<String> QUEUES =
      List.of(Setting.QUEUE, Setting.URGENT, Setting.APART, Setting.SHARED);

  private final Chance chance;
  private final List<Act> acts = new ArrayList<>();

  CatalogActs(Chance chance) {
    this.chance = chance;
  }

  /** Some changes, each at its time. */
  List<Act> acts() {
    for (int i = chance.between(2, 6); i > 0; i--) {
      Duration at = Duration.ofMillis(chance.between(10_000, CHANGES_WITHIN_MILLIS));
      Duration back = at.plusMillis(chance.between(1_000, OFF_MILLIS));
      switch (chance.between(0, 6)) {
        case 0 -> environmentOff(at, back);
        case 1 -> queueOff(at, back);
        case 2 -> limits(at, back);
        case 3 -> priorities(at);
        case 4 -> order(at, back);
        case 5 -> policy(at);
        default -> minimum(at);
      }
    }
    if (chance.perMille(300)) {
      comesAndGoes();
    }
    return List.copyOf(acts);
  }

  private void act(Duration at, String resource, String what, Consumer<Service> change) {
    acts.add(Act.of(at, what + " " + resource, simulation -> simulation.operate(resource, change)));
  }

  private void environmentOff(Duration at, Duration back) {
    String name = chance.of(ENVIRONMENTS);
    act(at, name, "disable", service -> enable(service.environments(), name, false));
    act(back, name, "enable", service -> enable(service.environments(), name, true));
  }

  private void queueOff(Duration at, Duration back) {
    String name = chance.of(QUEUES);
    act(at, name, "disable", service -> enable(service.queues(), name, false));
    act(back, name, "enable", service -> enable(service.queues(), name, true));
  }

  private void limits(Duration at, Duration back) {
    String name = chance.of(ENVIRONMENTS);
    int usual = Setting.MAX_VCPUS.getOrDefault(name, 0);
    int other = chance.of(List.of(usual / 2, usual * 2));
    act(at, name, "resize", service -> limit(service.environments(), name, -1, other));
    act(back, name, "resize back", service -> limit(service.environments(), name, -1, usual));
  }

  private void minimum(Duration at) {
    int min = chance.between(1, 6);
    act(at, "small", "raise the minimum of", it -> limit(it.environments(), "small", min, -1));
  }

  private void priorities(Duration at) {
    String name = chance.of(QUEUES);
    int priority = chance.between(0, 20);
    act(
        at,
        name,
        "other priority for",
        service -> service.queues().update(name, name, it -> with(it, it.enabled(), priority)));
  }

  /** The environments of a queue in another order, for a while with one of another domain. */
  private void order(Duration at, Duration back) {
    List<Place> other =
        chance.perMille(500)
            ? places("small", "large", Setting.SPOT)
            : places("large", "alone", Setting.SPOT);
    List<Place> usual = places(Setting.SPOT, "large", "small");
    String name = Setting.QUEUE;
    act(at, name, "reorder", it -> it.queues().update(name, name, q -> Queues.placed(q, other)));
    act(back, name, "order", it -> it.queues().update(name, name, q -> Queues.placed(q, usual)));
  }

  private void policy(Duration at) {
    FairShare other =
        new FairShare(
            chance.of(List.of(0, 60, 3_600)),
            chance.of(List.of(0, 10, 50)),
            List.of(new FairShare.Weight("share" + chance.between(0, 9), 0.25)));
    act(at, "fair", "update", service -> service.policies().update("fair", "fair", other, "{}"));
  }

  /** An environment and a queue that are made, used and deleted with whatever is in them. */
  private void comesAndGoes() {
    Duration made = Duration.ofMillis(chance.between(1_000, 240_000));
    Duration gone = made.plusMillis(chance.between(40_000, 300_000));
    act(made, EXTRA, "create", service -> createEnvironment(service.environments()));
    act(made.plusMillis(1), EXTRA, "create queue", service -> createQueue(service.queues()));
    for (int i = chance.between(2, 5); i > 0; i--) {
      JobPlan plan =
          JobPlan.job("extra-" + i)
              .in(EXTRA)
              .array(chance.of(List.of(0, 0, 5)))
              .attempts(chance.between(1, 2))
              .runs(chance.between(1, 200), 0);
      acts.add(Act.submit(made.plusMillis(chance.between(2_000, 60_000)), plan));
    }
    act(gone, EXTRA, "disable queue", service -> enable(service.queues(), EXTRA, false));
    act(gone.plusMillis(1), EXTRA, "delete queue", service -> delete(service.queues()));
    act(
        gone.plusMillis(2),
        EXTRA,
        "disable",
        service -> enable(service.environments(), EXTRA, false));
    act(gone.plusMillis(3), EXTRA, "delete", service -> delete(service.environments()));
  }

  private static void createEnvironment(Environments environments) {
    if (environments.find(EXTRA).isEmpty()) {
      Managed managed =
          new Managed(
              Market.ON_DEMAND, 0, 8, 0, List.of("m.small", "m.medium"), "BEST_FIT_PROGRESSIVE");
      environments.create(new Environments.Draft(EXTRA, true, managed, 0, "{}", Map.of()));
    }
  }

  private static void createQueue(Queues queues) {
    if (queues.find(EXTRA).isEmpty()) {
      queues.create(new Queues.Draft(EXTRA, true, 3, places(EXTRA), null, List.of(), Map.of()));
    }
  }

  /** What is not there needs no change: an answer was lost. */
  private static void delete(Queues queues) {
    if (queues.find(EXTRA).isPresent()) {
      queues.delete(EXTRA, EXTRA);
    }
  }

  private static void delete(Environments environments) {
    if (environments.find(EXTRA).isPresent()) {
      environments.delete(EXTRA, EXTRA);
    }
  }

  private static void enable(Queues queues, String name, boolean enabled) {
    if (queues.find(name).isPresent()) {
      queues.update(name, name, it -> with(it, enabled, it.priority()));
    }
  }

  private static void enable(Environments environments, String name, boolean enabled) {
    if (environments.find(name).isPresent()) {
      environments.update(name, name, it -> with(it, enabled, it.managed()));
    }
  }

  /** Sets a minimum and a maximum; a negative one stays as it is. */
  private static void limit(Environments environments, String name, int min, int max) {
    environments.update(
        name,
        name,
        it -> {
          Managed was = Objects.requireNonNull(it.managed());
          return with(
              it,
              it.enabled(),
              new Managed(
                  was.market(),
                  min < 0 ? was.minVcpus() : min,
                  max < 0 ? was.maxVcpus() : max,
                  was.desiredVcpus(),
                  was.instanceTypes(),
                  was.allocationStrategy()));
        });
  }

  private static List<Place> places(String... environments) {
    List<Place> places = new ArrayList<>();
    for (String environment : environments) {
      places.add(new Place(environment, places.size()));
    }
    return places;
  }

  private static JobQueue with(JobQueue queue, boolean enabled, int priority) {
    return new JobQueue(
        queue.name(),
        enabled,
        queue.status(),
        queue.statusReason(),
        priority,
        queue.environments(),
        queue.orders(),
        queue.schedulingPolicy(),
        queue.timeLimits(),
        queue.tags(),
        queue.createdAt(),
        queue.version());
  }

  private static ComputeEnvironment with(
      ComputeEnvironment it, boolean enabled, @Nullable Managed managed) {
    return new ComputeEnvironment(
        it.name(),
        enabled,
        it.status(),
        it.statusReason(),
        managed,
        it.unmanagedVcpus(),
        it.document(),
        it.tags(),
        it.createdAt(),
        it.version());
  }
}
