package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.HostStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Hosts in the table: one item each, with what is taken of it as a set of fixed elements. */
public final class DynamoHostStore implements HostStore {
  private static final Guard EMPTY = new Guard("attribute_not_exists(r)", Map.of());

  private static final long REMEMBERED_MILLIS = 86_400_000;

  /** A condition may be 4 KB long. */
  private static final int MAX_RELEASED = 100;

  private final Table table;

  /** The hosts of one table. */
  public DynamoHostStore(Table table) {
    this.table = table;
  }

  @Override
  public List<Host> hosts(String environment) {
    Range range = Range.prefix(ItemKey.partition(environment), ItemKey.HOST);
    return table.query(range, Integer.MAX_VALUE).stream()
        .map(item -> HostCodec.read(environment, item))
        .toList();
  }

  @Override
  public Optional<Host> find(HostId id) {
    return table.get(ItemKey.host(id)).map(item -> HostCodec.read(id.environment(), item));
  }

  @Override
  public boolean create(Host host) {
    Item item = ItemKey.host(host.id()).item();
    HostCodec.write(item, host);
    return table.put(WriteKind.HOST, item, Guard.ABSENT);
  }

  @Override
  public boolean save(Host after) {
    return save(after, Guard.version(after.version() - 1));
  }

  @Override
  public boolean saveIfEmpty(Host after) {
    return save(after, Guard.version(after.version() - 1).and(EMPTY.expression()));
  }

  private boolean save(Host after, Guard guard) {
    Item item = new Item();
    HostCodec.write(item, after);
    Update update = Update.to(item, HostCodec.SAVED);
    return table.update(WriteKind.HOST, ItemKey.host(after.id()), update, guard, 1);
  }

  @Override
  public boolean reserve(HostId id, long version, Set<Reservation> added) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":one", Item.value(1));
    values.put(":active", Item.value(HostCodec.state(Host.State.ACTIVE)));
    String expression = "ADD v :one";
    if (!added.isEmpty()) {
      values.put(":r", Item.values(HostCodec.elements(added)));
      expression += ", r :r";
    }
    return table.update(
        WriteKind.RESERVED,
        ItemKey.host(id),
        new Update(expression, values),
        Guard.version(version).and("s = :active"),
        added.size());
  }

  @Override
  public void release(HostId id, Set<Reservation> released, long now) {
    List<byte[]> elements = HostCodec.elements(released);
    for (int from = 0; from < elements.size(); from += MAX_RELEASED) {
      List<byte[]> some = elements.subList(from, Math.min(from + MAX_RELEASED, elements.size()));
      releaseSome(ItemKey.host(id), some, now);
    }
  }

  /** On condition that one of them is taken: the time of the last release is a real one's. */
  private void releaseSome(ItemKey host, List<byte[]> elements, long now) {
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> taken = new ArrayList<>();
    for (byte[] element : elements) {
      String name = ":e" + taken.size();
      values.put(name, Item.value(element));
      taken.add("contains(r, " + name + ")");
    }
    Update update =
        new Update(
            "DELETE r :r SET f = :now",
            Map.of(":r", Item.values(elements), ":now", Item.value(now)));
    Guard guard = new Guard(String.join(" OR ", taken), values);
    table.update(WriteKind.RELEASED, host, update, guard, elements.size());
  }

  @Override
  public boolean remove(HostId id, long staleUntil, long now) {
    // First: who finds no host any more must find its grave.
    if (table.get(ItemKey.host(id)).isPresent()) {
      table.put(WriteKind.HOST, HostCodec.grave(id, staleUntil, now + REMEMBERED_MILLIS));
    }
    return table.delete(WriteKind.HOST, ItemKey.host(id), EMPTY);
  }

  @Override
  public long staleUntil(HostId id) {
    return table.get(ItemKey.grave(id)).map(HostCodec::readGrave).orElse(0L);
  }

  @Override
  public Fleet fleet(String environment) {
    return table
        .get(ItemKey.fleet(environment))
        .map(item -> HostCodec.readFleet(environment, item))
        .orElse(Fleet.none(environment));
  }

  @Override
  public boolean saveFleet(Fleet after) {
    return table.put(WriteKind.FLEET, HostCodec.write(after), Guard.before(after.version()));
  }
}
