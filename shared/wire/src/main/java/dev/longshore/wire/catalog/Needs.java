package dev.longshore.wire.catalog;

import dev.longshore.core.model.Need;
import dev.longshore.core.validation.NeedRules;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ConsumableResourceProperties;
import software.amazon.awssdk.services.batch.model.ConsumableResourceRequirement;

/** What jobs take of consumable resources, between requests and the core. */
public final class Needs {
  private Needs() {}

  /**
   * Reads what was asked for; nothing when it is absent.
   *
   * @throws dev.longshore.core.validation.ClientFault when an entry breaks a rule
   */
  public static List<Need> of(@Nullable ConsumableResourceProperties properties) {
    List<Need> needs = new ArrayList<>();
    if (properties != null) {
      for (ConsumableResourceRequirement each : properties.consumableResourceList()) {
        String name =
            Refs.name(
                Arns.Kind.CONSUMABLE_RESOURCE,
                "consumableResourceList.consumableResource",
                each.consumableResource());
        Long quantity = Require.present("consumableResourceList.quantity", each.quantity());
        needs.add(new Need(name, quantity));
      }
    }
    NeedRules.checkEach(needs);
    return needs;
  }

  /**
   * Reads what a request asks for: like {@link #of}, and not too many entries.
   *
   * @throws dev.longshore.core.validation.ClientFault when the list breaks a rule
   */
  public static List<Need> requested(@Nullable ConsumableResourceProperties properties) {
    if (properties != null) {
      NeedRules.checkCount(properties.consumableResourceList().size());
    }
    return of(properties);
  }

  /** As answers show them; null when there are none. */
  public static @Nullable ConsumableResourceProperties properties(List<Need> needs, Arns arns) {
    return needs.isEmpty()
        ? null
        : ConsumableResourceProperties.builder()
            .consumableResourceList(
                needs.stream()
                    .map(need ->
                        ConsumableResourceRequirement.builder()
                            .consumableResource(arns.consumable(need.resource()))
                            .quantity(need.quantity())
                            .build())
                    .toList())
            .build();
  }
}
