package dev.longshore.aws.prices;

import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.port.InstanceTypes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The instance types of the Region as the last refresh left them. Until there is one, those that
 * are known without asking anybody.
 */
public final class StoredTypes implements InstanceTypes {
  /** How long this process goes on with what it read. */
  private static final Duration READ_AGAIN = Duration.ofMinutes(15);

  private final TypeMemory memory;
  private final InstantSource clock;
  private InstanceTypes known = new InstanceCatalog();
  private long readAt = Long.MIN_VALUE;

  public StoredTypes(TypeMemory memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
  }

  @Override
  public Optional<InstanceType> find(String name) {
    return types().find(name);
  }

  @Override
  public List<InstanceType> expand(String entry) {
    return types().expand(entry);
  }

  private synchronized InstanceTypes types() {
    long now = clock.millis();
    if (readAt == Long.MIN_VALUE || now - readAt >= READ_AGAIN.toMillis()) {
      memory
          .read()
          .ifPresent(kept -> known = InstanceCatalog.only(TypeTable.unpack(kept.packed())));
      readAt = now;
    }
    return known;
  }
}
