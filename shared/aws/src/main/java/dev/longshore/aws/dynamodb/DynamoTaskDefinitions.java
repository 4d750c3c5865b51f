package dev.longshore.aws.dynamodb;

import dev.longshore.aws.ecs.DefinitionMemory;
import dev.longshore.core.model.DefinitionId;
import java.util.Map;
import java.util.OptionalInt;

/** Registered ECS task definitions in the table: one item for each distinct content. */
public final class DynamoTaskDefinitions implements DefinitionMemory {
  private static final String REVISION = "k";

  private final Table table;

  /** Those of one table. */
  public DynamoTaskDefinitions(Table table) {
    this.table = table;
  }

  @Override
  public OptionalInt find(DefinitionId definition, String hash) {
    return table
        .get(ItemKey.taskDefinition(definition, hash))
        .map(item -> OptionalInt.of(item.integer(REVISION)))
        .orElse(OptionalInt.empty());
  }

  @Override
  public int remember(DefinitionId definition, String hash, int revision, int instead) {
    ItemKey key = ItemKey.taskDefinition(definition, hash);
    Guard guard =
        instead == 0 ? Guard.ABSENT : new Guard("k = :gone", Map.of(":gone", Item.value(instead)));
    boolean stored =
        table.put(WriteKind.TASK_DEFINITION, key.item().put(REVISION, (long) revision), guard);
    return stored ? revision : find(definition, hash).orElse(revision);
  }
}
