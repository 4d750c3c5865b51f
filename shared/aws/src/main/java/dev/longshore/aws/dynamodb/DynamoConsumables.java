package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.port.ConsumableStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Consumable resources in the table: one item each, with what is taken as a set of elements. */
final class DynamoConsumables implements ConsumableStore {
  private static final String KIND = "k";
  private static final String TOTAL = "q";
  private static final String UPDATES = "i";

  /** Every attribute that a save may set. */
  private static final List<String> SAVED =
      List.of(Attr.VERSION, KIND, TOTAL, UPDATES, Attr.TAGS, Attr.CREATED_AT);

  private static final String CLAIMS = "r";

  /** A condition may be 4 KB long. */
  private static final int AT_ONCE = 100;

  private final Table table;

  DynamoConsumables(Table table) {
    this.table = table;
  }

  @Override
  public Optional<ConsumableResource> consumable(String name) {
    return table.get(ItemKey.consumable(name)).map(DynamoConsumables::read);
  }

  @Override
  public List<ConsumableResource> consumables() {
    return table.query(Range.partition(ItemKey.CONSUMABLES), Integer.MAX_VALUE).stream()
        .map(DynamoConsumables::read)
        .toList();
  }

  @Override
  public boolean createConsumable(ConsumableResource resource) {
    Item item = ItemKey.consumable(resource.name()).item();
    write(item, resource);
    return table.put(WriteKind.CONSUMABLE, item, Guard.ABSENT);
  }

  @Override
  public boolean saveConsumable(ConsumableResource after) {
    Item item = new Item();
    write(item, after);
    return table.update(
        WriteKind.CONSUMABLE,
        ItemKey.consumable(after.name()),
        Update.to(item, SAVED),
        Guard.version(after.version() - 1),
        1);
  }

  @Override
  public boolean removeConsumable(String name, long version) {
    Guard unused = Guard.version(version).and("attribute_not_exists(" + CLAIMS + ")");
    return table.delete(WriteKind.CONSUMABLE, ItemKey.consumable(name), unused);
  }

  @Override
  public boolean claim(String name, long version, Set<Claim> added) {
    Map<String, AttributeValue> values =
        Map.of(":one", Item.value(1), ":r", Item.values(elements(added)));
    return table.update(
        WriteKind.CLAIMS,
        ItemKey.consumable(name),
        new Update("ADD v :one, " + CLAIMS + " :r", values),
        Guard.version(version),
        added.size());
  }

  @Override
  public void giveBack(String name, Set<Claim> over) {
    List<byte[]> elements = elements(over);
    for (int from = 0; from < elements.size(); from += AT_ONCE) {
      List<byte[]> some = elements.subList(from, Math.min(from + AT_ONCE, elements.size()));
      // On condition that one of them is there: without, it would make an item of a name.
      table.update(
          WriteKind.CLAIMS,
          ItemKey.consumable(name),
          new Update("DELETE " + CLAIMS + " :r", Map.of(":r", Item.values(some))),
          taken(some, " OR "),
          some.size());
    }
  }

  @Override
  public boolean useUp(String name, long version, Set<Claim> over, long total) {
    List<byte[]> elements = elements(over);
    if (elements.size() > AT_ONCE) {
      throw new IllegalArgumentException("at most " + AT_ONCE + " at once");
    }
    Guard guard = taken(elements, " AND ");
    Map<String, AttributeValue> values = new HashMap<>(guard.values());
    values.put(":version", Item.value(version));
    return table.update(
        WriteKind.CLAIMS,
        ItemKey.consumable(name),
        new Update(
            "DELETE " + CLAIMS + " :r SET " + TOTAL + " = :total ADD v :one",
            Map.of(
                ":r", Item.values(elements), ":total", Item.value(total), ":one", Item.value(1))),
        new Guard("v = :version AND " + guard.expression(), values),
        elements.size());
  }

  private static Guard taken(List<byte[]> elements, String operator) {
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> taken = new ArrayList<>();
    for (byte[] element : elements) {
      String value = ":e" + taken.size();
      values.put(value, Item.value(element));
      taken.add("contains(" + CLAIMS + ", " + value + ")");
    }
    return new Guard(String.join(operator, taken), values);
  }

  private static List<byte[]> elements(Collection<Claim> claims) {
    return claims.stream().map(ClaimCodec::write).toList();
  }

  private static void write(Item item, ConsumableResource resource) {
    Map<String, String> updates = new HashMap<>();
    resource.updates().forEach((token, at) -> updates.put(token, Long.toString(at)));
    item.put(KIND, resource.kind().name())
        .put(TOTAL, resource.total())
        .putTextMap(UPDATES, updates)
        .putTextMap(Attr.TAGS, resource.tags())
        .put(Attr.CREATED_AT, resource.createdAt())
        .put(Attr.VERSION, resource.version());
  }

  private static ConsumableResource read(Item item) {
    Map<String, Long> updates = new HashMap<>();
    item.textMap(UPDATES).forEach((token, at) -> updates.put(token, Long.valueOf(at)));
    return new ConsumableResource(
        item.text(Attr.SORT),
        ConsumableResource.Kind.valueOf(item.text(KIND)),
        item.number(TOTAL),
        item.set(CLAIMS).stream().map(ClaimCodec::read).collect(Collectors.toUnmodifiableSet()),
        updates,
        item.textMap(Attr.TAGS),
        item.number(Attr.CREATED_AT),
        item.number(Attr.VERSION));
  }
}
