package dev.longshore.aws.dynamodb;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change of some attributes of an item.
 *
 * @param expression update expression
 * @param values its values
 */
record Update(String expression, Map<String, AttributeValue> values) {

  /**
   * Makes the attributes {@code all} be as in {@code after}: sets those it has and removes the
   * others. What is not in {@code all} stays.
   */
  static Update to(Item after, Collection<String> all) {
    StringBuilder set = new StringBuilder();
    StringBuilder remove = new StringBuilder();
    Map<String, AttributeValue> values = new HashMap<>();
    new TreeMap<>(after.attributes())
        .forEach((name, value) -> {
          set.append(set.isEmpty() ? "SET " : ", ").append(name).append(" = :").append(name);
          values.put(":" + name, value);
        });
    for (String name : all) {
      if (!after.has(name)) {
        remove.append(remove.isEmpty() ? " REMOVE " : ", ").append(name);
      }
    }
    return new Update(set.append(remove).toString(), values);
  }

  /**
   * Removes what the attributes {@code all} say and grows the version by one, so that who read the
   * item before can not save over it. What was never there gets version 1.
   *
   * @param zero an attribute that is 0 from then on
   */
  static Update emptied(Collection<String> all, String zero) {
    return new Update(
        "SET %s = :zero ADD %s :one REMOVE %s"
            .formatted(zero, Attr.VERSION, String.join(", ", all)),
        Map.of(":zero", Item.value(0), ":one", Item.value(1)));
  }
}
