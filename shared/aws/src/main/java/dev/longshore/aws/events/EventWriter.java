package dev.longshore.aws.events;

import dev.longshore.core.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Puts entries on a bus, in order, as many in a call as it may have; what a call did not take goes
 * again before what comes later. For those who have somebody to repeat the whole when it fails.
 */
public final class EventWriter {
  private static final int TRIES = 4;

  private final EventBridgeClient client;
  private final String bus;

  /**
   * A writer.
   *
   * @param client answers within bounded time
   * @param bus its name or ARN
   */
  public EventWriter(EventBridgeClient client, String bus) {
    this.client = client;
    this.bus = bus;
  }

  /**
   * Puts them all.
   *
   * @param entries without their bus
   * @throws StoreException when the bus does not answer, or takes no more of them; the first ones
   *     may have been taken
   */
  public void write(List<PutEventsRequestEntry> entries) {
    List<PutEventsRequestEntry> rest = new ArrayList<>(entries);
    rest.replaceAll(entry -> entry.toBuilder().eventBusName(bus).build());
    int failures = 0;
    while (!rest.isEmpty()) {
      List<PutEventsRequestEntry> portion = rest.subList(0, PutLimits.portion(rest));
      List<PutEventsRequestEntry> failed = put(portion);
      failures = failed.size() < portion.size() ? 0 : failures + 1;
      if (failures == TRIES) {
        throw new StoreException(
            "The event bus " + bus + " takes no events.", new IllegalStateException("throttled"));
      }
      portion.clear();
      rest.addAll(0, failed);
    }
  }

  /** Puts them; those that were not taken. */
  private List<PutEventsRequestEntry> put(List<PutEventsRequestEntry> entries) {
    PutEventsResponse response;
    try {
      response = client.putEvents(put -> put.entries(List.copyOf(entries)));
    } catch (SdkException e) {
      throw new StoreException("The event bus " + bus + " did not answer: " + e.getMessage(), e);
    }
    List<PutEventsRequestEntry> failed = new ArrayList<>();
    List<PutEventsResultEntry> results = response.entries();
    for (int i = 0; i < entries.size(); i++) {
      if (results.get(i).errorCode() != null) {
        failed.add(entries.get(i));
      }
    }
    return failed;
  }
}
