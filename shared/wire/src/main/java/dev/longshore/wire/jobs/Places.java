package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.wire.catalog.PageToken;

/**
 * Places in a listing as text for a page token. In a queue's listing they stay valid while jobs
 * change lanes, because they never change ({@code data-model} 1).
 */
final class Places {
  private Places() {}

  static String text(Position place) {
    return place.createdAt() + "/" + place.job();
  }

  static String text(int index) {
    return Integer.toString(index);
  }

  /** Reads a place in a queue's listing. */
  static Position position(String text) {
    try {
      int slash = text.indexOf('/');
      return new Position(
          Long.parseLong(text.substring(0, Math.max(0, slash))),
          JobId.of(text.substring(slash + 1)));
    } catch (IllegalArgumentException madeUp) {
      throw new ClientFault(PageToken.INVALID);
    }
  }

  /** Reads a place in an array's listing. */
  static int index(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException madeUp) {
      throw new ClientFault(PageToken.INVALID);
    }
  }
}
