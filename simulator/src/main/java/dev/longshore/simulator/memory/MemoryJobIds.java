package dev.longshore.simulator.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.JobId;
import dev.longshore.core.port.JobIds;
import java.util.SplittableRandom;
import java.util.UUID;

/** Job IDs that follow from a seed. */
public final class MemoryJobIds implements JobIds {
  private final SplittableRandom random;
  private final long salt;

  public MemoryJobIds(long seed) {
    this.random = new SplittableRandom(seed);
    this.salt = random.nextLong();
  }

  @Override
  public JobId random() {
    return new JobId(asVersion4(random.nextLong(), random.nextLong()));
  }

  @Override
  public JobId derived(String text) {
    UUID hash = UUID.nameUUIDFromBytes((salt + ":" + text).getBytes(UTF_8));
    return new JobId(asVersion4(hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
  }

  private static UUID asVersion4(long high, long low) {
    return new UUID((high & ~0xF000L) | 0x4000L, (low & ~(0b11L << 62)) | (0b10L << 62));
  }
}
