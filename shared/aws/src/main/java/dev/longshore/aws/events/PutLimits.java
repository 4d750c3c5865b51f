package dev.longshore.aws.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** How much a call of PutEvents may have. */
final class PutLimits {
  private static final int MOST_ENTRIES = 10;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int TIME_BYTES = 14;

  private PutLimits() {}

  /** How many of these go in one call: at least one, for the bus itself refuses what is too big. */
  static int portion(List<PutEventsRequestEntry> entries) {
    int bytes = 0;
    int count = 0;
    for (PutEventsRequestEntry each : entries) {
      bytes += size(each);
      if (count == MOST_ENTRIES || (count > 0 && bytes > MOST_BYTES)) {
        break;
      }
      count++;
    }
    return count;
  }

  /** As EventBridge counts. */
  private static int size(PutEventsRequestEntry entry) {
    int size = TIME_BYTES + bytes(entry.source()) + bytes(entry.detailType());
    for (String resource : entry.resources()) {
      size += bytes(resource);
    }
    return size + bytes(entry.detail());
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
