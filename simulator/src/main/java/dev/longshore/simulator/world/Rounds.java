package dev.longshore.simulator.world;

import dev.longshore.core.port.Nudges;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The nudge queues: one group per domain and kind of round, nudges of one slot fall together, a
 * round runs once at a time unless its visibility ran out. A round that fails is not repeated: the
 * next nudge or timer plans again. One that lost its process is.
 */
public final class Rounds implements Nudges {
  private static final long SLOT_MILLIS = 300;
  private static final long VISIBILITY_MILLIS = 60_000;

  private final Agenda agenda;
  private final Faults faults;
  private final Invocations invocations;
  private final Map<String, Consumer<String>> handlers;
  private final Set<String> dirty = new HashSet<>();
  private final Map<String, Integer> running = new HashMap<>();

  /** Rounds by these handlers of a domain. */
  public Rounds(
      Agenda agenda,
      Faults faults,
      Invocations invocations,
      Consumer<String> scheduler,
      Consumer<String> capacity) {
    this.agenda = agenda;
    this.faults = faults;
    this.invocations = invocations;
    this.handlers = Map.of("schedule", scheduler, "capacity", capacity);
  }

  @Override
  public void scheduler(String domain) {
    nudge("schedule", domain);
  }

  @Override
  public void capacity(String domain) {
    nudge("capacity", domain);
  }

  /** The service's process has ended. */
  void forget() {
    dirty.clear();
    running.clear();
  }

  private void nudge(String kind, String domain) {
    if (!faults.strikes(Fault.NUDGE_LOST)) {
      mark(kind, domain);
    }
  }

  private void mark(String kind, String domain) {
    String group = kind + " " + domain;
    if (dirty.add(group)) {
      agenda.inMemory(
          SLOT_MILLIS + faults.chance().between(0, 100), group, () -> run(kind, domain, group));
    }
  }

  private void run(String kind, String domain, String group) {
    int others = running.getOrDefault(group, 0);
    if (others > 0 && !faults.strikes(Fault.ROUND_TWICE)) {
      agenda.inMemory(SLOT_MILLIS, group, () -> run(kind, domain, group));
      return;
    }
    dirty.remove(group);
    running.merge(group, 1, Integer::sum);
    Consumer<String> handler = handlers.get(kind);
    if (handler == null) {
      throw new IllegalArgumentException("no such round: " + kind);
    }
    invocations.start(
        group,
        () -> handler.accept(domain),
        outcome -> {
          running.merge(group, -1, Integer::sum);
          if (outcome == Outcome.CRASHED) {
            agenda.inMemory(VISIBILITY_MILLIS, group + " visible", () -> mark(kind, domain));
          }
        });
  }
}
