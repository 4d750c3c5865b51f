package dev.longshore.core.validation;

import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Need;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a job may ask for of consumable resources, in definitions and overrides ({@code
 * batch-semantics} 15). How many they may be is in AWS's User Guide, "Specify the resources needed
 * to run a job": up to 5 for each job. Here that is 5 in each list: each range of nodes has one.
 */
public final class NeedRules {
  private NeedRules() {}

  /**
   * Each quantity alone, and no resource twice.
   *
   * @throws ClientFault when an entry breaks a rule
   */
  public static void checkEach(List<Need> needs) {
    Set<String> names = new HashSet<>();
    for (Need need : needs) {
      Require.that(
          need.quantity() >= 1 && need.quantity() <= ConsumableResource.QUANTITY_MAX,
          "consumableResourceList.quantity must be between 1 and %d."
              .formatted(ConsumableResource.QUANTITY_MAX));
      Require.that(
          names.add(need.resource()),
          "consumableResourceList must name %s only once.".formatted(need.resource()));
    }
  }

  /**
   * How many entries a list of a request may have. Not for lists that were accepted before: jobs
   * with them go on.
   *
   * @throws ClientFault when they are too many
   */
  public static void checkCount(int entries) {
    Require.that(
        entries <= Quotas.CONSUMABLES_PER_JOB,
        "consumableResourceList must have at most %d entries, but has %d."
            .formatted(Quotas.CONSUMABLES_PER_JOB, entries));
  }
}
