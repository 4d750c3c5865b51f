package dev.longshore.simulator.world;

import dev.longshore.core.model.JobId;
import dev.longshore.core.port.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The table's stream: in order within a shard, out of order across them, in batches, late at times.
 * A batch whose handler failed comes again and holds up its shard; after a few tries its records go
 * to the repair queue one by one and the shard goes on.
 */
public final class Stream implements Consumer<Change> {
  private static final int SHARDS = 4;
  private static final int TRIES = 3;
  private static final int LARGEST_BATCH = 100;
  private static final long USUAL_MILLIS = 250;
  private static final long LATE_MILLIS = 60_000;
  private static final long AGAIN_MILLIS = 300_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final long REPAIR_MILLIS = 30_000;

  private final Agenda agenda;
  private final Faults faults;
  private final Invocations invocations;
  private final Consumer<List<Change>> handler;
  private final List<Shard> shards = new ArrayList<>();
  private int records;

  /** Records that were not handled yet, in order. */
  private static final class Shard {
    private final Deque<Change> records = new ArrayDeque<>();
    private boolean busy;
  }

  public Stream(
      Agenda agenda, Faults faults, Invocations invocations, Consumer<List<Change>> handler) {
    this.agenda = agenda;
    this.faults = faults;
    this.invocations = invocations;
    this.handler = handler;
    for (int i = 0; i < SHARDS; i++) {
      shards.add(new Shard());
    }
  }

  /** Records so far. */
  public int records() {
    return records;
  }

  @Override
  public void accept(Change change) {
    records++;
    Shard shard = shards.get(Math.floorMod(partition(change).hashCode(), SHARDS));
    shard.records.add(change);
    wake(shard);
  }

  /** The service's process has ended and with it what it had read and not handled. */
  void forget() {
    for (Shard shard : shards) {
      shard.records.clear();
      shard.busy = false;
    }
  }

  /** All items of one job have one partition key. */
  private static Object partition(Change change) {
    return switch (change) {
      case Change.JobChanged job -> stable(job.key().job());
      case Change.PageChanged page -> stable(page.job());
      case Change.QueueChanged queue -> queue.name();
      case Change.EnvironmentChanged environment -> environment.name();
    };
  }

  private static Object stable(JobId id) {
    return id.value();
  }

  private void wake(Shard shard) {
    if (!shard.busy && !shard.records.isEmpty()) {
      shard.busy = true;
      long most = faults.strikes(Fault.RECORDS_LATE) ? LATE_MILLIS : USUAL_MILLIS;
      agenda.inMemory(faults.chance().between(10, most), "stream", () -> take(shard));
    }
  }

  private void take(Shard shard) {
    int size = Math.min(shard.records.size(), (int) faults.chance().skewed(1, LARGEST_BATCH));
    List<Change> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(shard.records.removeFirst());
    }
    if (faults.strikes(Fault.RECORDS_DROPPED)) {
      batch.forEach(change ->
          agenda.inMemory(
              faults.chance().between(REPAIR_MILLIS, AGAIN_MILLIS),
              "dropped",
              () -> repair(List.of(change))));
      shard.busy = false;
      wake(shard);
      return;
    }
    deliver(shard, batch, 1);
  }

  private void deliver(Shard shard, List<Change> batch, int tries) {
    invocations.start(
        "progress " + Say.of(batch),
        () -> handler.accept(batch),
        outcome -> {
          if (outcome == Outcome.DONE) {
            if (faults.strikes(Fault.RECORDS_AGAIN)) {
              agenda.inMemory(
                  faults.chance().skewed(10, AGAIN_MILLIS), "records again", () -> repair(batch));
            }
          } else if (tries < TRIES) {
            agenda.inMemory(RETRY_MILLIS, "stream again", () -> deliver(shard, batch, tries + 1));
            return;
          } else {
            batch.forEach(
                change -> agenda.inMemory(REPAIR_MILLIS, "repair", () -> repair(List.of(change))));
          }
          shard.busy = false;
          wake(shard);
        });
  }

  private void repair(List<Change> batch) {
    invocations.start(
        "repair " + Say.of(batch),
        () -> handler.accept(batch),
        outcome -> {
          if (outcome != Outcome.DONE) {
            agenda.inMemory(REPAIR_MILLIS, "repair again", () -> repair(batch));
          }
        });
  }
}
