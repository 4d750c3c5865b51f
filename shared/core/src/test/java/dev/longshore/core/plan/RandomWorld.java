package dev.longshore.core.plan;

import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Worlds made from a seed, with some of everything that a planner meets. */
public final class RandomWorld {
  private static final List<String> TYPES =
      List.of("m.small", "m.large", "m.huge", "r.large", "g.large");

  private final Random random;
  private final Scenario scenario = new Scenario();
  private final List<String> environments = new ArrayList<>();

  private RandomWorld(long seed) {
    this.random = new Random(seed);
  }

  /** The world of this seed: always the same. */
  public static Snapshot of(long seed) {
    return new RandomWorld(seed).build();
  }

  /** Demands of a world in the order in which a planner serves them. */
  public static List<Integer> order(Snapshot world) {
    Map<String, JobQueue> queues = new HashMap<>();
    world.queues().forEach(queue -> queues.put(queue.name(), queue));
    Comparator<JobQueue> byPriority =
        Comparator.comparingInt(JobQueue::priority).reversed().thenComparing(JobQueue::name);
    Comparator<Demand> byQueue = Comparator.comparing(it -> queues.get(it.queue()), byPriority);
    return IntStream.range(0, world.demands().size())
        .boxed()
        .sorted(
            Comparator.comparing(world.demands()::get, byQueue.thenComparing(Demand.LINE_ORDER)))
        .toList();
  }

  private Snapshot build() {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      environment("ce" + i);
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      List<String> names = new ArrayList<>(environments);
      java.util.Collections.shuffle(names, random);
      int size = 1 + random.nextInt(names.size());
      scenario.queue("q" + i, random.nextInt(3), names.subList(0, size).toArray(String[]::new));
      for (int jobs = random.nextInt(12); jobs > 0; jobs--) {
        jobs("q" + i);
      }
    }
    for (int i = random.nextInt(16); i > 0; i--) {
      host("i-" + i);
    }
    return scenario.snapshot();
  }

  private void environment(String name) {
    environments.add(name);
    String[] types = TYPES.subList(0, 1 + random.nextInt(TYPES.size())).toArray(String[]::new);
    int max = random.nextInt(100);
    switch (random.nextInt(4)) {
      case 0 -> scenario.bestFit(name, random.nextInt(max + 1), max, types);
      case 1 -> scenario.unmanaged(name);
      default -> scenario.managed(name, random.nextInt(max + 1), max, types);
    }
    switch (random.nextInt(8)) {
      case 0 -> scenario.disabled(name);
      case 1 -> scenario.invalid(name);
      default -> {
        if (random.nextInt(3) == 0) {
          scenario.shortage(name, types[0], Scenario.NOW + random.nextInt(2) * 60_000L);
        }
      }
    }
    if (random.nextInt(4) == 0) {
      scenario.intent(name, types[0], 1 + random.nextInt(2));
    }
  }

  private void host(String id) {
    String environment = environments.get(random.nextInt(environments.size()));
    String type = TYPES.get(random.nextInt(TYPES.size()));
    Shape free = Scenario.TYPES.find(type).orElseThrow().usable();
    List<Shape> taken = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      Shape shape = shape();
      if (shape.fitsInto(free)) {
        taken.add(shape);
        free = free.minus(shape);
      }
    }
    scenario.host(environment, id, type, taken.toArray(Shape[]::new));
    switch (random.nextInt(10)) {
      case 0 -> scenario.in(State.DRAINING, environment, id);
      case 1 -> scenario.suspect(environment, id);
      case 2 -> {
        scenario.host(environment, id, type);
        scenario.in(State.BOOTING, environment, id);
      }
      default -> scenario.idleFor(environment, id, random.nextInt(900));
    }
  }

  private void jobs(String queue) {
    if (random.nextInt(8) == 0) {
      scenario.retry(queue, shape());
    } else {
      scenario.jobs(queue, 1 + random.nextInt(10), shape());
    }
  }

  private Shape shape() {
    int vcpus = 1 << random.nextInt(random.nextInt(10) == 0 ? 7 : 4);
    int memoryMib = 500 << random.nextInt(6);
    return new Shape(vcpus, memoryMib, random.nextInt(10) == 0 ? 1 : 0);
  }
}
