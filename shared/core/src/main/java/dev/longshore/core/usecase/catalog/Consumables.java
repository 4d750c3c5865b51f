package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Names;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Consumable resources as users make and change them ({@code batch-semantics} 2.13, 15). */
public final class Consumables {
  /** So long a repeated update is known by its token ({@code batch-semantics} 1.7). */
  private static final long TOKEN_MILLIS = Duration.ofHours(8).toMillis();

  /** Tokens that are remembered; of more updates within eight hours the oldest is forgotten. */
  private static final int TOKENS = 100;

  private final CatalogStore catalog;
  private final Runnable wakeWaiting;
  private final InstantSource clock;

  /**
   * Over this catalog.
   *
   * @param wakeWaiting asks for rounds of all queues: jobs of any of them may wait for a resource
   */
  public Consumables(CatalogStore catalog, Runnable wakeWaiting, InstantSource clock) {
    this.catalog = catalog;
    this.wakeWaiting = wakeWaiting;
    this.clock = clock;
  }

  /** How an update changes the total. */
  public enum Operation {
    SET,
    ADD,
    REMOVE
  }

  /**
   * Stores a new one; jobs may have waited for it, since one of its name was deleted.
   *
   * @throws ClientFault when the name is taken or something is out of range
   */
  public void create(String name, Kind kind, long total, Map<String, String> tags) {
    Names.check("consumableResourceName", name);
    checkQuantity("totalQuantity", total);
    Tags.check(tags);
    Require.that(
        catalog.createConsumable(ConsumableResource.fresh(name, kind, total, tags, clock.millis())),
        "Object already exists");
    wakeWaiting.run();
  }

  /** The resource of this name. */
  public Optional<ConsumableResource> find(String name) {
    return catalog.consumable(name);
  }

  /** All of them, by name. */
  public List<ConsumableResource> all() {
    return catalog.consumables();
  }

  /**
   * Changes the total, once for each token. It may become less than what is taken; then nothing is
   * free until enough came back.
   *
   * @param arn for the message when it does not exist
   * @param token names this update, absent when the caller sent none
   * @return the resource as it is stored now
   * @throws ClientFault when it does not exist or the total would be out of range
   */
  public ConsumableResource update(
      String name, String arn, Operation operation, long quantity, @Nullable String token) {
    checkQuantity("quantity", quantity);
    ConsumableResource stored =
        Swap.required(
            arn + " does not exist",
            () -> catalog.consumable(name),
            before -> updated(before, operation, quantity, token),
            catalog::saveConsumable);
    wakeWaiting.run();
    return stored;
  }

  private ConsumableResource updated(
      ConsumableResource before, Operation operation, long quantity, @Nullable String token) {
    long now = clock.millis();
    Map<String, Long> updates = new HashMap<>(before.updates());
    updates.values().removeIf(at -> now - at >= TOKEN_MILLIS);
    if (token != null && updates.containsKey(token)) {
      return before;
    }
    if (token != null) {
      if (updates.size() >= TOKENS) {
        updates.entrySet().stream()
            .min(Map.Entry.comparingByValue())
            .ifPresent(oldest -> updates.remove(oldest.getKey()));
      }
      updates.put(token, now);
    }
    long total =
        switch (operation) {
          case SET -> quantity;
          case ADD -> before.total() + quantity;
          case REMOVE -> before.total() - quantity;
        };
    checkQuantity("totalQuantity", total);
    return before.changed(total, updates);
  }

  /**
   * Removes it. Jobs that wait for it go on waiting, and say so.
   *
   * @param arn for the message when it does not exist
   * @throws ClientFault when it does not exist or a running job has taken some of it
   */
  public void delete(String name, String arn) {
    while (true) {
      ConsumableResource resource =
          catalog.consumable(name).orElseThrow(() -> new ClientFault(arn + " does not exist"));
      Require.that(
          resource.claims().isEmpty(), "Cannot delete, the consumable resource is in use by jobs.");
      if (catalog.removeConsumable(name, resource.version())) {
        return;
      }
    }
  }

  private static void checkQuantity(String member, long quantity) {
    Require.that(
        quantity >= 0 && quantity <= ConsumableResource.QUANTITY_MAX,
        "%s must be between 0 and %d.".formatted(member, ConsumableResource.QUANTITY_MAX));
  }
}
