package dev.longshore.wire.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.validation.ClientFault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/**
 * Page tokens of ListJobs: the place of the last job that was looked at, bound to the query ({@code
 * data-model} 1). They stay valid while jobs change lanes, because places never change.
 */
final class PageToken {
  private static final int POSITION = 8 + 8 + 16;
  private static final int INDEX = 8 + 4;

  private PageToken() {}

  static String of(Position place, String query) {
    UUID id = place.job().value();
    byte[] bytes = new byte[POSITION];
    ByteBuffer.wrap(bytes)
        .putLong(hash(query))
        .putLong(place.createdAt())
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits());
    return text(bytes);
  }

  static String of(int index, String query) {
    byte[] bytes = new byte[INDEX];
    ByteBuffer.wrap(bytes).putLong(hash(query)).putInt(index);
    return text(bytes);
  }

  /**
   * Reads a token of a queue's listing.
   *
   * @throws ClientFault when it is none, or was made for another query
   */
  static Position position(String token, String query) {
    ByteBuffer bytes = bytes(token, POSITION, query);
    return new Position(bytes.getLong(), new JobId(new UUID(bytes.getLong(), bytes.getLong())));
  }

  /** Like {@link #position}, of an array's listing. */
  static int index(String token, String query) {
    int index = bytes(token, INDEX, query).getInt();
    if (index < 0) {
      throw invalid();
    }
    return index;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ByteBuffer bytes(String token, int size, String query) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length == size && ByteBuffer.wrap(bytes).getLong() == hash(query)) {
        return ByteBuffer.wrap(bytes).position(Long.BYTES);
      }
      throw invalid();
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static ClientFault invalid() {
    return new ClientFault("The nextToken is not valid for this request.");
  }

  private static long hash(String query) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(query.getBytes(UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
