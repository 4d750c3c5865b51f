package dev.longshore.core.capacity;

import dev.longshore.core.port.InstanceTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The instance types that are known without asking anybody: a table of EC2 types, and those that
 * the caller adds (envelopes of a local machine). Usable memory is an estimate on the safe side of
 * what hosts of that type register.
 */
public final class InstanceCatalog implements InstanceTypes {
  /** What {@code optimal} and the defaults stand for ({@code batch-semantics} 17.2). */
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "optimal", List.of("m6i", "c6i", "r6i", "c7i"),
          "default_x86_64", List.of("m6i", "c6i", "r6i", "c7i"),
          "default_arm64", List.of("m6g", "c6g", "r6g", "c7g"));

  private static final Map<String, InstanceType> EC2 = InstanceFacts.read();

  private final Map<String, InstanceType> byName;
  private final Map<String, List<InstanceType>> byFamily = new LinkedHashMap<>();

  /** The EC2 types alone. */
  public InstanceCatalog() {
    this(List.of());
  }

  /** The EC2 types and others; one with the name of a known type replaces it. */
  public InstanceCatalog(List<InstanceType> others) {
    this(EC2, others);
  }

  private InstanceCatalog(Map<String, InstanceType> some, List<InstanceType> others) {
    Map<String, InstanceType> all = new LinkedHashMap<>(some);
    others.forEach(type -> all.put(type.name(), type));
    this.byName = Collections.unmodifiableMap(all);
    for (InstanceType type : all.values()) {
      String family = type.name().split("\\.", 2)[0];
      byFamily.computeIfAbsent(family, _ -> new ArrayList<>()).add(type);
    }
  }

  /** These types and no others, in the families that their names say. */
  public static InstanceCatalog only(List<InstanceType> types) {
    return new InstanceCatalog(Map.of(), types);
  }

  /** What jobs can use of a type's nominal memory, where nothing was measured. */
  public static int usableMib(int nominalMib) {
    return InstanceFacts.usableMib(nominalMib, InstanceFacts.SYSTEM_PERCENT);
  }

  @Override
  public Optional<InstanceType> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public List<InstanceType> expand(String entry) {
    InstanceType single = byName.get(entry);
    if (single != null) {
      return List.of(single);
    }
    return GROUPS.getOrDefault(entry, List.of(entry)).stream()
        .flatMap(family -> byFamily.getOrDefault(family, List.of()).stream())
        .toList();
  }
}
