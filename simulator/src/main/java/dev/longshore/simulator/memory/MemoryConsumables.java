package dev.longshore.simulator.memory;

import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.port.ConsumableStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Consumable resources in memory. */
final class MemoryConsumables implements ConsumableStore {
  private final Watcher watcher;
  private final TreeMap<String, ConsumableResource> all = new TreeMap<>();

  MemoryConsumables(Watcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public Optional<ConsumableResource> consumable(String name) {
    return Optional.ofNullable(all.get(name));
  }

  @Override
  public List<ConsumableResource> consumables() {
    return List.copyOf(all.values());
  }

  @Override
  public boolean createConsumable(ConsumableResource resource) {
    if (all.containsKey(resource.name())) {
      return false;
    }
    put(resource);
    return true;
  }

  @Override
  public boolean saveConsumable(ConsumableResource after) {
    ConsumableResource before = all.get(after.name());
    if (before == null || before.version() != after.version() - 1) {
      return false;
    }
    put(after.withClaims(before.claims(), after.total(), after.version()));
    return true;
  }

  @Override
  public boolean removeConsumable(String name, long version) {
    ConsumableResource before = all.get(name);
    if (before == null || before.version() != version || !before.claims().isEmpty()) {
      return false;
    }
    all.remove(name);
    return true;
  }

  @Override
  public boolean claim(String name, long version, Set<Claim> added) {
    ConsumableResource before = all.get(name);
    if (before == null || before.version() != version) {
      return false;
    }
    Set<Claim> claims = new HashSet<>(before.claims());
    claims.addAll(added);
    put(before.withClaims(claims, before.total(), version + 1));
    return true;
  }

  @Override
  public void giveBack(String name, Set<Claim> over) {
    ConsumableResource before = all.get(name);
    Set<Claim> left = new HashSet<>(before == null ? Set.of() : before.claims());
    if (before != null && left.removeAll(over)) {
      put(before.withClaims(left, before.total(), before.version()));
    }
  }

  @Override
  public boolean useUp(String name, long version, Set<Claim> over, long total) {
    ConsumableResource before = all.get(name);
    if (before == null || before.version() != version || !before.claims().containsAll(over)) {
      return false;
    }
    Set<Claim> left = new HashSet<>(before.claims());
    left.removeAll(over);
    put(before.withClaims(left, total, version + 1));
    return true;
  }

  private void put(ConsumableResource after) {
    watcher.consumableStored(all.get(after.name()), after);
    all.put(after.name(), after);
  }
}
