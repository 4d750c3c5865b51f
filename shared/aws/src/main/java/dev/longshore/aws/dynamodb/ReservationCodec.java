package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import java.nio.ByteBuffer;

/**
 * A reservation as 36 bytes, an element of the set on its host: job 16, member 1 (its high bit:
 * alone on the host), index 2, attempt 1, dispatch 2, minute of placing 4, timeout in minutes 3,
 * vCPUs 2, MiB 4, GPUs 1; and 4 more that say who pays where somebody does. Equal reservations have
 * equal bytes, so adding and removing them is blind and repeatable.
 */
final class ReservationCodec {
  static final int LENGTH = 36;
  static final int PAID_LENGTH = LENGTH + Integer.BYTES;
  private static final byte ALONE = (byte) 0x80;
  private static final int BYTE = 0xFF;
  private static final int TWO_BYTES = 0xFFFF;
  private static final int THREE_BYTES = 0xFF_FFFF;

  private ReservationCodec() {}

  static byte[] write(Reservation reservation) {
    AttemptKey attempt = reservation.attempt();
    Shape shape = reservation.shape();
    ByteBuffer bytes = ByteBuffer.allocate(reservation.payer() == 0 ? LENGTH : PAID_LENGTH);
    IdBytes.write(bytes, attempt.key().job());
    byte alone = reservation.exclusive() ? ALONE : 0;
    bytes.put((byte) (member(attempt.key().member()) | alone));
    bytes.putShort((short) within(attempt.key().index(), TWO_BYTES));
    bytes.put((byte) within(attempt.attempt(), BYTE));
    bytes.putShort((short) within(attempt.dispatch(), TWO_BYTES));
    bytes.putInt(reservation.placedAtMinute());
    // Thirty years: what is longer still is a lower bound of the time at which it is due.
    int timeout = Math.min(reservation.timeoutMinutes(), THREE_BYTES);
    bytes.put((byte) (timeout >>> 16)).putShort((short) timeout);
    bytes.putShort((short) within(shape.vcpus(), TWO_BYTES));
    bytes.putInt(shape.memoryMib());
    bytes.put((byte) within(shape.gpus(), BYTE));
    if (reservation.payer() != 0) {
      bytes.putInt(reservation.payer());
    }
    return bytes.array();
  }

  static Reservation read(byte[] element) {
    ByteBuffer bytes = ByteBuffer.wrap(element);
    JobId job = IdBytes.read(bytes);
    byte code = bytes.get();
    Member member = member((byte) (code & ~ALONE));
    JobKey key = new JobKey(job, member, Short.toUnsignedInt(bytes.getShort()));
    int attempt = Byte.toUnsignedInt(bytes.get());
    int dispatch = Short.toUnsignedInt(bytes.getShort());
    int minute = bytes.getInt();
    int timeout = Byte.toUnsignedInt(bytes.get()) << 16 | Short.toUnsignedInt(bytes.getShort());
    int vcpus = Short.toUnsignedInt(bytes.getShort());
    int memory = bytes.getInt();
    Shape shape = new Shape(vcpus, memory, Byte.toUnsignedInt(bytes.get()));
    int payer = bytes.hasRemaining() ? bytes.getInt() : 0;
    return new Reservation(
        new AttemptKey(key, attempt, dispatch), shape, minute, timeout, payer, (code & ALONE) != 0);
  }

  static byte member(Member member) {
    return switch (member) {
      case WHOLE -> 0;
      case CHILD -> 1;
      case NODE -> 2;
    };
  }

  static Member member(byte code) {
    return switch (code) {
      case 0 -> Member.WHOLE;
      case 1 -> Member.CHILD;
      case 2 -> Member.NODE;
      default -> throw new IllegalStateException("unknown member " + code);
    };
  }

  static int within(int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " is not within 0 to " + max);
    }
    return value;
  }
}
