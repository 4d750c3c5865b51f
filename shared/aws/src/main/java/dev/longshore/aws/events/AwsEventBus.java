package dev.longshore.aws.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.wire.Arns;
import dev.longshore.wire.event.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Events on an EventBridge bus, from the source {@code longshore.batch}: EventBridge takes {@code
 * aws.*} from AWS only. Entries go in order, as many in a call as it may have; what a call did not
 * take goes again before what comes later.
 */
public final class AwsEventBus implements EventBus {
  /** The source of our events. */
  public static final String SOURCE = "longshore.batch";

  private static final int MOST_ENTRIES = 10;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int TIME_BYTES = 14;
  private static final int TRIES = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventBridgeClient client;
  private final String bus;
  private final EventJson json;
  private final Arns arns;

  /**
   * A bus.
   *
   * @param client answers within bounded time
   * @param bus its name or ARN
   * @param arns region and account in the events
   */
  public AwsEventBus(EventBridgeClient client, String bus, EventDetails details, Arns arns) {
    this.client = client;
    this.bus = bus;
    this.json = new EventJson(details, SOURCE);
    this.arns = arns;
  }

  @Override
  public void publish(List<BatchEvent> events) {
    List<PutEventsRequestEntry> rest = new ArrayList<>();
    json.render(events, arns).forEach(event -> rest.add(entry(event)));
    int failures = 0;
    while (!rest.isEmpty()) {
      List<PutEventsRequestEntry> portion = rest.subList(0, portion(rest));
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

  /** How many of these go in one call: at least one, for the bus itself refuses what is too big. */
  private static int portion(List<PutEventsRequestEntry> entries) {
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

  private PutEventsRequestEntry entry(String event) {
    JsonNode tree;
    try {
      tree = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not an event: " + event, e);
    }
    List<String> resources = new ArrayList<>();
    tree.path("resources").forEach(each -> resources.add(each.asText()));
    return PutEventsRequestEntry.builder()
        .eventBusName(bus)
        .source(tree.path("source").asText())
        .detailType(tree.path("detail-type").asText())
        .time(Instant.parse(tree.path("time").asText()))
        .resources(resources)
        .detail(tree.path("detail").toString())
        .build();
  }
}
