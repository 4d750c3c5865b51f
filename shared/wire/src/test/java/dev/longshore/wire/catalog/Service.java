package dev.longshore.wire.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.Nudges;
import dev.longshore.core.usecase.Wakeups;
import dev.longshore.core.usecase.catalog.Consumables;
import dev.longshore.core.usecase.catalog.Definitions;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.ResourceTags;
import dev.longshore.core.usecase.catalog.SettleResources;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The catalog behind its HTTP interface, with stores in memory and a clock that tests move. */
final class Service implements InstantSource {
  /** What follows the account in ARNs of this service. */
  static final String ARN = "arn:aws:batch:us-east-1:000000000000:";

  private static final InstanceTypes TYPES = new InstanceCatalog();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FRAME = "Error executing request, Exception : ";

  final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  final MemoryHostStore hosts = new MemoryHostStore(Watcher.NONE);
  final MemoryJobStore jobs =
      new MemoryJobStore(this, Duration.ofDays(7), () -> 0, _ -> {}, Watcher.NONE);
  final Set<String> nudged = new TreeSet<>();
  private final Nudges nudges =
      new Nudges() {
        @Override
        public void scheduler(String domain) {
          nudged.add(domain);
        }

        @Override
        public void capacity(String domain) {}
      };
  private final JobRoles roles;
  private final BatchApi api;
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  Service() {
    this(new JobRoles.Any());
  }

  /** Where definitions may have these roles. */
  Service(JobRoles roles) {
    this.roles = roles;
    this.api = api(catalog);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets time pass. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The same service on another way to the same catalog. */
  BatchApi api(CatalogStore store) {
    return new BatchApi(
        CatalogOperations.of(
                new Environments(store, hosts, TYPES, this),
                new Queues(store, TYPES, this),
                new Definitions(store, this),
                new Policies(store),
                new ResourceTags(store, jobs),
                roles)
            .and(
                new ConsumableOperations(
                        new Consumables(store, new Wakeups(store, nudges)::schedulers, this))
                    .operations()),
        () -> "request-id");
  }

  /** Brings all queues and environments to a lasting status, as far as that goes. */
  void settle() {
    settle(catalog);
  }

  void settle(CatalogStore store) {
    SettleResources settle = new SettleResources(store, hosts, jobs);
    store.environments().forEach(each -> settle.settleEnvironment(each.name()));
    store.queues().forEach(each -> settle.settleQueue(each.name()));
  }

  /** The answer of an operation that must succeed. */
  JsonNode ok(String operation, String body) {
    return ok(api, operation, body);
  }

  static JsonNode ok(BatchApi api, String operation, String body) {
    HttpAnswer answer = post(api, operation, body);
    assertThat(answer.status())
        .as("%s: %s", operation, new String(answer.body(), UTF_8))
        .isEqualTo(200);
    return json(answer);
  }

  /** Asserts that the operation is refused with exactly this text and changes nothing. */
  void refused(String text, String operation, String body) {
    String before = stored();
    HttpAnswer answer = post(api, operation, body);
    assertThat(json(answer).path("message").asText()).isEqualTo(text);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "ClientException");
    assertThat(stored()).isEqualTo(before);
  }

  /** Like {@link #refused} for a text in the frame of the older validations. */
  void refusedFramed(String text, String operation, String body) {
    refused(FRAME + text + ", RequestId: request-id", operation, body);
  }

  /** A call on the tags of a resource. */
  HttpAnswer tags(String method, String arn, @Nullable String query, String body) {
    String path = "/v1/tags/" + arn;
    return api.handle(
        HttpCall.of(method, path, query, Map.of(), body.getBytes(UTF_8), "127.0.0.1"));
  }

  static HttpAnswer post(BatchApi api, String operation, String body) {
    String path = "/v1/" + operation.toLowerCase(Locale.ROOT);
    return api.handle(HttpCall.of("POST", path, null, Map.of(), body.getBytes(UTF_8), "127.0.0.1"));
  }

  /** The answer to a caller whose signature was checked. */
  HttpAnswer signed(String caller, String operation, String body) {
    String path = "/v1/" + operation.toLowerCase(Locale.ROOT);
    return api.handle(
        HttpCall.of("POST", path, null, Map.of(), body.getBytes(UTF_8), "127.0.0.1")
            .signedBy("111122223333", caller));
  }

  static JsonNode json(HttpAnswer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything in the catalog, as text. */
  private String stored() {
    return List.of(
            catalog.environments(),
            catalog.queues(),
            catalog.definitions(null, 1000),
            catalog.policies(),
            catalog.consumables())
        .toString();
  }
}
