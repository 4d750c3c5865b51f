package dev.longshore.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * The stretch of 200 ms in which nudges of one domain are one message ({@code data-model} 7). A
 * round that reads its snapshot at {@link #readableAt} or later sees what was written before any
 * nudge of the slot, also before those that the queue dropped as repetitions.
 *
 * @param number slots since 1970 by the sender's clock
 */
public record NudgeSlot(long number) {
  /** Length of a slot. */
  static final long MILLIS = 200;

  /** For senders whose clocks differ from the reader's. */
  static final long SKEW_MILLIS = 100;

  /** Groups and deduplication IDs have at most 128 characters; a slot takes 16 of them. */
  private static final int LONGEST_DOMAIN = 100;

  /** The slot of a moment, epoch ms. */
  public static NudgeSlot at(long now) {
    return new NudgeSlot(Math.floorDiv(now, MILLIS));
  }

  /** From when on a round sees what all nudges of this slot meant, epoch ms. */
  public long readableAt() {
    return (number + 1) * MILLIS + SKEW_MILLIS;
  }

  /** The message group of a domain: its name, or a digest of a name that is too long for SQS. */
  static String group(String domain) {
    if (domain.length() <= LONGEST_DOMAIN) {
      return domain;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(domain.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The deduplication ID of all nudges of a domain in this slot. */
  String deduplicationId(String domain) {
    return group(domain) + "/" + number;
  }

  /**
   * {@link #readableAt} of the slot that a deduplication ID names; empty when it was not made here.
   */
  public static OptionalLong readableAt(String deduplicationId) {
    String number = deduplicationId.substring(deduplicationId.lastIndexOf('/') + 1);
    return number.matches("\\d{1,15}")
        ? OptionalLong.of(new NudgeSlot(Long.parseLong(number)).readableAt())
        : OptionalLong.empty();
  }
}
