package dev.longshore.core.validation;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes;
import java.util.List;
import java.util.Optional;

/** Two families, one of each architecture. */
final class FewTypes implements InstanceTypes {
  private static final List<InstanceType> ALL =
      List.of(
          new InstanceType("c5.large", new Shape(2, 3600, 0), false, 0.085),
          new InstanceType("c5.xlarge", new Shape(4, 7400, 0), false, 0.17),
          new InstanceType("c6g.large", new Shape(2, 3600, 0), true, 0.068));

  @Override
  public Optional<InstanceType> find(String name) {
    return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  @Override
  public List<InstanceType> expand(String entry) {
    return ALL.stream()
        .filter(type ->
            type.name().equals(entry)
                || type.name().startsWith(entry + ".")
                || (entry.equals("optimal") && !type.arm64()))
        .toList();
  }
}
