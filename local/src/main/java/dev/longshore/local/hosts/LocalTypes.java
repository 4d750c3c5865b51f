package dev.longshore.local.hosts;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Instance types in local mode: envelopes of this machine, {@code local.<vCPUs>x<MiB>}, which is
 * what {@code optimal} and the defaults mean here, and all that the catalogue knows.
 *
 * <p>An envelope has a sixteenth, an eighth … or all of the memory, and a power of two vCPUs of at
 * most the same share. Its price follows from the larger share, so that the cheapest one leaves
 * most of the machine to others.
 */
public final class LocalTypes implements InstanceTypes {
  private static final Set<String> ANY =
      Set.of("local", "optimal", "default_x86_64", "default_arm64");
  private static final int SMALLEST = 16;

  private final List<InstanceType> envelopes;
  private final InstanceTypes catalogue;

  /**
   * The types of a machine.
   *
   * @param total what all hosts together may have
   * @param catalogue knows the other types
   */
  public LocalTypes(Shape total, InstanceTypes catalogue) {
    this.envelopes = envelopes(total);
    this.catalogue = catalogue;
  }

  /** Names of the envelopes for a compute environment that has the machine for itself. */
  public static List<String> large(Shape total) {
    return envelopes(total).stream()
        .filter(type -> type.usable().vcpus() * 4 >= total.vcpus())
        .map(InstanceType::name)
        .toList();
  }

  @Override
  public Optional<InstanceType> find(String name) {
    return envelopes.stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .or(() -> catalogue.find(name));
  }

  @Override
  public List<InstanceType> expand(String entry) {
    if (ANY.contains(entry)) {
      return envelopes;
    }
    return envelopes.stream()
        .filter(type -> type.name().equals(entry))
        .findFirst()
        .map(List::of)
        .orElseGet(() -> catalogue.expand(entry));
  }

  private static List<InstanceType> envelopes(Shape total) {
    List<InstanceType> types = new ArrayList<>();
    for (int parts = SMALLEST; parts >= 1; parts /= 2) {
      int memory = total.memoryMib() / parts;
      int vcpus = Math.max(1, total.vcpus() / parts);
      for (int size : sizesUpTo(vcpus)) {
        Shape shape = new Shape(size, memory, parts == 1 ? total.gpus() : 0);
        // A little less for more vCPUs: of two that cost the same the larger one is better.
        double price = (1.0 - 0.01 * size / total.vcpus()) / parts;
        types.add(new InstanceType("local." + size + "x" + memory, shape, false, price));
      }
    }
    return List.copyOf(types);
  }

  private static Set<Integer> sizesUpTo(int vcpus) {
    Set<Integer> sizes = new TreeSet<>();
    for (int size = 1; size < vcpus; size *= 2) {
      sizes.add(size);
    }
    sizes.add(vcpus);
    return sizes;
  }
}
