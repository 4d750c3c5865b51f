package dev.longshore.aws.dynamodb;

import dev.longshore.aws.prices.TypeMemory;
import java.util.Map;
import java.util.Optional;

/** The last refresh of the instance types, in one item of the table. */
public final class DynamoTypeMemory implements TypeMemory {
  private static final String PACKED = "b";

  private final Table table;

  /** That of one table. */
  public DynamoTypeMemory(Table table) {
    this.table = table;
  }

  @Override
  public Optional<Kept> read() {
    return table
        .get(ItemKey.types())
        .map(item -> new Kept(item.text(PACKED), item.number(Attr.CREATED_AT)));
  }

  @Override
  public boolean keep(Kept after, long before) {
    Guard guard =
        before == 0 ? Guard.ABSENT : new Guard("t = :was", Map.of(":was", Item.value(before)));
    Item item = ItemKey.types().item().put(PACKED, after.packed());
    return table.put(WriteKind.TYPES, item.put(Attr.CREATED_AT, after.at()), guard);
  }
}
