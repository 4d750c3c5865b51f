package dev.longshore.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.JobId;
import dev.longshore.core.port.JobIds;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Job IDs; the derived ones from the salt of the table, which its first user makes. */
public final class DynamoJobIds implements JobIds {
  private static final String SALT = "b";
  private static final int SALT_LENGTH = 32;

  private final Table table;
  private final RandomGenerator random;
  private volatile byte @Nullable [] salt;

  /**
   * The IDs of one table.
   *
   * @param table the table
   * @param random a cryptographically strong one
   */
  public DynamoJobIds(Table table, RandomGenerator random) {
    this.table = table;
    this.random = random;
  }

  @Override
  public JobId random() {
    return uuid(random.nextLong(), random.nextLong());
  }

  @Override
  public JobId derived(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(UTF_8)));
      long high = hash.getLong();
      return uuid(high, hash.getLong());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** 122 bits of these, laid out as a UUID of version 4. */
  private static JobId uuid(long high, long low) {
    return new JobId(
        new UUID(
            (high & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
            (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L));
  }

  private byte[] salt() {
    byte[] known = salt;
    if (known == null) {
      known = stored().or(this::made).or(this::stored).orElseThrow();
      salt = known;
    }
    return known;
  }

  private Optional<byte[]> stored() {
    return table.get(ItemKey.salt()).map(item -> item.bytes(SALT));
  }

  /** Empty when somebody else was faster. */
  private Optional<byte[]> made() {
    byte[] fresh = new byte[SALT_LENGTH];
    random.nextBytes(fresh);
    Item item = ItemKey.salt().item().put(SALT, fresh);
    return table.put(WriteKind.SALT, item, Guard.ABSENT) ? Optional.of(fresh) : Optional.empty();
  }
}
