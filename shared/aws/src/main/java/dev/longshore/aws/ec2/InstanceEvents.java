package dev.longshore.aws.ec2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.usecase.Observation;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads EventBridge events of EC2 ({@code batch-semantics} 21). They name an instance but no
 * environment, so it is looked for in each; one that is in none is none of our concern. A
 * recommendation to rebalance is left out: it says that an end is likelier than before, and jobs
 * that run would be lost for nothing.
 */
public final class InstanceEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CatalogStore catalog;
  private final HostStore hosts;

  /** Knows the hosts of these environments. */
  public InstanceEvents(CatalogStore catalog, HostStore hosts) {
    this.catalog = catalog;
    this.hosts = hosts;
  }

  /**
   * What this event observes; empty when it is none of our concern, or none of EC2's.
   *
   * @throws IllegalArgumentException when it is no event at all
   */
  public Optional<Observation> read(String json) {
    JsonNode event;
    try {
      event = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an event: " + e.getOriginalMessage(), e);
    }
    JsonNode detail = event.path("detail");
    String instance = detail.path("instance-id").asText();
    return switch (event.path("detail-type").asText()) {
      case "EC2 Spot Instance Interruption Warning" ->
          host(instance)
              .map(host ->
                  new Observation.HostReclaimed(
                      host, Instant.parse(event.path("time").asText()).toEpochMilli()));
      case "EC2 Instance State-change Notification" ->
          detail.path("state").asText().equals("terminated")
              ? host(instance).map(Observation.HostGone::new)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<HostId> host(String instance) {
    for (ComputeEnvironment environment : catalog.environments()) {
      HostId host = new HostId(environment.name(), instance);
      if (hosts.find(host).isPresent()) {
        return Optional.of(host);
      }
    }
    return Optional.empty();
  }
}
