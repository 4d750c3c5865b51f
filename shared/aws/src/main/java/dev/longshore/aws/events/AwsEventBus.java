package dev.longshore.aws.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.wire.Arns;
import dev.longshore.wire.event.EventJson;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Events on an EventBridge bus, from the source {@code longshore.batch}: EventBridge takes {@code
 * aws.*} from AWS only. Entries go in order, as many in a call as it may have; what a call did not
 * take goes again before what comes later. What the bus does not take all the same is parked as it
 * is, with its sequence: later events of the job may overtake it.
 */
public final class AwsEventBus implements EventBus, FinishedEvents {
  /** The source of our events. */
  public static final String SOURCE = "longshore.batch";

  private static final Logger LOG = System.getLogger(AwsEventBus.class.getName());

  private static final int TRIES = 4;

  /** For so long a bus that did not answer is not asked again: a batch must end in time. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** All other codes say that the entry will be refused again. */
  private static final Set<String> PASSING = Set.of("InternalFailure", "ThrottlingException");

  private static final int SERVER_ERROR = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventBridgeClient client;
  private final String bus;
  private final EventJson json;
  private final Arns arns;
  private final RepairQueue repairs;
  private final InstantSource clock;
  private long silentUntil;

  /**
   * A bus.
   *
   * @param client answers within bounded time
   * @param bus its name or ARN
   * @param arns region and account in the events
   * @param repairs takes the events that the bus does not
   */
  public AwsEventBus(
      EventBridgeClient client,
      String bus,
      EventDetails details,
      Arns arns,
      RepairQueue repairs,
      InstantSource clock) {
    this.client = client;
    this.bus = bus;
    this.json = new EventJson(details, SOURCE);
    this.arns = arns;
    this.repairs = repairs;
    this.clock = clock;
  }

  /** An event and what is sent of it. */
  private record Ready(String event, PutEventsRequestEntry entry) {}

  /** What a call did not take: what may go again, and what is to be parked, with the reason. */
  private record Refused(List<Ready> again, List<Ready> parked, String reason) {}

  @Override
  public void publish(List<BatchEvent> events) {
    List<Ready> rest = new ArrayList<>();
    json.render(events, arns).forEach(event -> rest.add(new Ready(event, entry(event))));
    int failures = 0;
    while (!rest.isEmpty()) {
      List<Ready> portion =
          rest.subList(0, PutLimits.portion(rest.stream().map(Ready::entry).toList()));
      if (clock.millis() < silentUntil) {
        park(rest, "it did not answer before");
        return;
      }
      Refused refused = put(portion);
      failures = refused.again().size() < portion.size() ? 0 : failures + 1;
      boolean giveUp = failures == TRIES;
      portion.clear();
      park(refused.parked(), refused.reason());
      if (giveUp) {
        park(refused.again(), refused.reason());
        failures = 0;
      } else {
        rest.addAll(0, refused.again());
      }
    }
  }

  @Override
  public void publish(String event) {
    Refused refused = put(List.of(new Ready(event, entry(event))));
    if (!refused.again().isEmpty() || !refused.parked().isEmpty()) {
      throw new StoreException(
          "The event bus " + bus + " did not take an event: " + refused.reason(),
          new IllegalStateException(refused.reason()));
    }
  }

  private void park(List<Ready> events, String reason) {
    if (!events.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "the event bus {0} did not take {1} events, they are tried again later: {2}",
          bus,
          events.size(),
          reason);
      repairs.send(
          events.stream().map(each -> Repair.of(new Repair.Task.Publish(each.event()))).toList());
    }
  }

  /** Puts them; those that were not taken. */
  private Refused put(List<Ready> events) {
    PutEventsResponse response;
    try {
      response = client.putEvents(put -> put.entries(events.stream().map(Ready::entry).toList()));
    } catch (AwsServiceException e) {
      String reason = String.valueOf(e.getMessage());
      if (e.isThrottlingException()) {
        return new Refused(List.copyOf(events), List.of(), reason);
      }
      if (e.statusCode() >= SERVER_ERROR) {
        silentUntil = clock.millis() + SILENCE.toMillis();
      }
      return new Refused(List.of(), List.copyOf(events), reason);
    } catch (SdkException e) {
      silentUntil = clock.millis() + SILENCE.toMillis();
      return new Refused(List.of(), List.copyOf(events), String.valueOf(e.getMessage()));
    }
    List<Ready> again = new ArrayList<>();
    List<Ready> parked = new ArrayList<>();
    String reason = "";
    List<PutEventsResultEntry> results = response.entries();
    for (int i = 0; i < events.size(); i++) {
      String code = results.get(i).errorCode();
      if (code != null) {
        reason = code + " " + results.get(i).errorMessage();
        (PASSING.contains(code) ? again : parked).add(events.get(i));
      }
    }
    return new Refused(again, parked, reason);
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
