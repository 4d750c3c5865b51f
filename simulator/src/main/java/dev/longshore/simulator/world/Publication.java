package dev.longshore.simulator.world;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.Written;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The publisher's reading of the stream, with both images. In order within a shard: a record that
 * fails comes again, and all behind it with it. Its place outlives the service's process.
 */
public final class Publication {
  private static final int SHARDS = 3;
  private static final int LARGEST_BATCH = 25;
  private static final long USUAL_MILLIS = 500;
  private static final long RETRY_MILLIS = 1_000;

  private final InstantSource clock;
  private final Agenda agenda;
  private final Faults faults;
  private final Invocations invocations;
  private final Supplier<Publisher> process;
  private final List<Shard> shards = new ArrayList<>();
  private long records;

  /** What handles one record after the other. */
  public interface Publisher {
    /** Publishes the events of a record; {@code record} is the same when it comes again. */
    void publish(String record, Written written, long at);
  }

  private record Entry(String number, Written written, long at) {}

  private static final class Shard {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable Publisher publisher;
    private boolean busy;
  }

  /** {@code process} makes the publisher of a process that begins. */
  public Publication(
      InstantSource clock,
      Agenda agenda,
      Faults faults,
      Invocations invocations,
      Supplier<Publisher> process) {
    this.clock = clock;
    this.agenda = agenda;
    this.faults = faults;
    this.invocations = invocations;
    this.process = process;
    for (int i = 0; i < SHARDS; i++) {
      shards.add(new Shard());
    }
  }

  /** Something was stored. */
  public void add(Written written) {
    switch (written) {
      case Written.JobWritten(Job _, Job after) -> add(after.key().job().value(), written);
      case Written.PageWritten(ArrayPage _, ArrayPage after) -> add(after.job().value(), written);
      case Written.HoldsWritten(Holds _, Holds after) -> add(after.queue(), written);
    }
  }

  /** True when every record was published. */
  public boolean isUpToDate() {
    return shards.stream().allMatch(shard -> shard.entries.isEmpty());
  }

  private void add(Object partition, Written written) {
    Shard shard = shards.get(Math.floorMod(partition.hashCode(), SHARDS));
    shard.entries.add(new Entry(Long.toString(++records), written, clock.millis()));
    wake(shard);
  }

  private void wake(Shard shard) {
    if (!shard.busy && !shard.entries.isEmpty()) {
      shard.busy = true;
      agenda.in(faults.chance().between(10, USUAL_MILLIS), "publish", () -> deliver(shard));
    }
  }

  private void deliver(Shard shard) {
    int size = (int) faults.chance().skewed(1, LARGEST_BATCH);
    List<Entry> batch = shard.entries.stream().limit(size).toList();
    Publisher publisher = shard.publisher == null ? process.get() : shard.publisher;
    shard.publisher = publisher;
    List<Entry> done = new ArrayList<>();
    invocations.start(
        "publish " + batch.getFirst().number,
        () -> {
          for (Entry entry : batch) {
            publisher.publish(entry.number, entry.written, entry.at);
            done.add(entry);
          }
        },
        outcome -> {
          if (outcome == Outcome.CRASHED) {
            // Nobody heard how far it came, and what it remembered is gone.
            shard.publisher = null;
          } else if (outcome == Outcome.FAILED || !faults.strikes(Fault.RECORDS_AGAIN)) {
            done.forEach(_ -> shard.entries.removeFirst());
          }
          shard.busy = outcome != Outcome.DONE;
          if (shard.busy) {
            agenda.in(RETRY_MILLIS, "publish again", () -> deliver(shard));
          } else {
            wake(shard);
          }
        });
  }
}
