package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import java.nio.ByteBuffer;

/** Claims as 34 bytes, so that they are elements of a set and taking one is repeatable. */
final class ClaimCodec {
  private static final int LENGTH = 34;
  private static final int BYTE = 0xFF;
  private static final int TWO_BYTES = 0xFFFF;

  private ClaimCodec() {}

  static byte[] write(Claim claim) {
    AttemptKey attempt = claim.attempt();
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    IdBytes.write(bytes, attempt.key().job());
    bytes.put(ReservationCodec.member(attempt.key().member()));
    bytes.putShort((short) ReservationCodec.within(attempt.key().index(), TWO_BYTES));
    bytes.put((byte) ReservationCodec.within(attempt.attempt(), BYTE));
    bytes.putShort((short) ReservationCodec.within(attempt.dispatch(), TWO_BYTES));
    return bytes.putInt(claim.placedAtMinute()).putLong(claim.quantity()).array();
  }

  static Claim read(byte[] element) {
    ByteBuffer bytes = ByteBuffer.wrap(element);
    JobId job = IdBytes.read(bytes);
    Member member = ReservationCodec.member(bytes.get());
    JobKey key = new JobKey(job, member, Short.toUnsignedInt(bytes.getShort()));
    int attempt = Byte.toUnsignedInt(bytes.get());
    int dispatch = Short.toUnsignedInt(bytes.getShort());
    int minute = bytes.getInt();
    return new Claim(new AttemptKey(key, attempt, dispatch), bytes.getLong(), minute);
  }
}
