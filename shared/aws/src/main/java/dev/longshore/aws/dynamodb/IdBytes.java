package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.JobId;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Job IDs as 16 bytes. */
final class IdBytes {
  static final int LENGTH = 16;

  private IdBytes() {}

  static byte[] of(JobId id) {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    write(bytes, id);
    return bytes.array();
  }

  static JobId toId(byte[] bytes) {
    return read(ByteBuffer.wrap(bytes));
  }

  static void write(ByteBuffer bytes, JobId id) {
    bytes.putLong(id.value().getMostSignificantBits());
    bytes.putLong(id.value().getLeastSignificantBits());
  }

  static JobId read(ByteBuffer bytes) {
    long high = bytes.getLong();
    return new JobId(new UUID(high, bytes.getLong()));
  }
}
