package dev.longshore.simulator.memory;

import dev.longshore.core.port.ArrayPageContract;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.CatalogStoreContract;
import dev.longshore.core.port.ConsumableStore;
import dev.longshore.core.port.ConsumableStoreContract;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.HostStoreContract;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobIdsContract;
import dev.longshore.core.port.JobLineContract;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.JobStoreContract;
import dev.longshore.core.port.QueueBooksContract;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The stores in memory keep what the stores on DynamoDB keep: the same contracts. */
class MemoryStoresTest {
  private static JobStore jobs(InstantSource clock, Duration retention) {
    return new MemoryJobStore(clock, retention, () -> 0, _ -> {}, Watcher.NONE);
  }

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected JobStore newStore(InstantSource clock, Duration retention) {
      return jobs(clock, retention);
    }
  }

  @Nested
  class Pages extends ArrayPageContract {
    @Override
    protected JobStore newStore(InstantSource clock, Duration retention) {
      return jobs(clock, retention);
    }
  }

  /** The index shows a change an hour later, and nothing before. */
  @Nested
  class Line extends JobLineContract {
    private static final long LAG_MILLIS = 3_600_000;

    private long moved;

    @Override
    protected JobStore newStore(InstantSource clock, Duration retention) {
      moved = 0;
      return new MemoryJobStore(
          () -> clock.instant().plusMillis(moved),
          retention,
          () -> LAG_MILLIS,
          _ -> {},
          Watcher.NONE);
    }

    @Override
    protected void settleIndex() {
      moved += LAG_MILLIS;
    }
  }

  @Nested
  class Hosts extends HostStoreContract {
    @Override
    protected HostStore newStore() {
      return new MemoryHostStore(Watcher.NONE);
    }
  }

  @Nested
  class Catalog extends CatalogStoreContract {
    @Override
    protected CatalogStore newStore() {
      return new MemoryCatalogStore(_ -> {});
    }
  }

  @Nested
  class QueueBooks extends QueueBooksContract {
    @Override
    protected CatalogStore newStore() {
      return new MemoryCatalogStore(_ -> {});
    }
  }

  @Nested
  class Ids extends JobIdsContract {
    @Override
    protected JobIds open(String store) {
      return new MemoryJobIds(store.hashCode());
    }
  }

  @Nested
  class Consumables extends ConsumableStoreContract {
    @Override
    protected ConsumableStore newStore() {
      return new MemoryCatalogStore(_ -> {});
    }
  }
}
