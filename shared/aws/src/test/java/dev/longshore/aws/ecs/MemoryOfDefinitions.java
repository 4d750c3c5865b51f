package dev.longshore.aws.ecs;

import dev.longshore.core.model.DefinitionId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Remembers task definitions in memory, with the rules of the table. */
final class MemoryOfDefinitions implements DefinitionMemory {
  final Map<String, Integer> revisions = new HashMap<>();

  @Override
  public OptionalInt find(DefinitionId definition, String hash) {
    Integer revision = revisions.get(definition + " " + hash);
    return revision == null ? OptionalInt.empty() : OptionalInt.of(revision);
  }

  @Override
  public int remember(DefinitionId definition, String hash, int revision, int instead) {
    String key = definition + " " + hash;
    int known = revisions.getOrDefault(key, 0);
    if (known == instead) {
      revisions.put(key, revision);
    }
    return revisions.getOrDefault(key, revision);
  }
}
