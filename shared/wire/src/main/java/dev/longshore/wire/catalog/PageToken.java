package dev.longshore.wire.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.validation.ClientFault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where the next page of a listing begins, as clients carry it ({@code batch-semantics} 1.5).
 * Opaque to them, and good only for the query that it was given for.
 */
public final class PageToken {
  private static final int MARK = 9;

  private PageToken() {}

  /** What is said of a token that no answer ever had. */
  public static final String INVALID =
      "nextToken is not valid; send the one of the page before as it is.";

  /**
   * A token.
   *
   * @param query all that makes the listing what it is, but for page size and token
   * @param position the place after which the next page begins
   */
  public static String of(String query, String position) {
    byte[] place = position.getBytes(UTF_8);
    byte[] token = Arrays.copyOf(mark(query, place), MARK + place.length);
    System.arraycopy(place, 0, token, MARK, place.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The position in a token.
   *
   * @throws ClientFault when it is malformed or was given for another query
   */
  public static String position(String query, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      throw new ClientFault(INVALID);
    }
    if (bytes.length < MARK) {
      throw new ClientFault(INVALID);
    }
    byte[] place = Arrays.copyOfRange(bytes, MARK, bytes.length);
    if (!Arrays.equals(mark(query, place), Arrays.copyOf(bytes, MARK))) {
      throw new ClientFault(
          "nextToken is not valid for this request; only maxResults may differ from page to page.");
    }
    return new String(place, UTF_8);
  }

  /** Tells queries apart and notices damage; it is no secret. */
  private static byte[] mark(String query, byte[] place) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(place);
      digest.update((byte) 0xff);
      return Arrays.copyOf(digest.digest(query.getBytes(UTF_8)), MARK);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
