package dev.longshore.aws.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold of the stored item for a write to happen.
 *
 * @param expression condition expression
 * @param values its values
 */
record Guard(String expression, Map<String, AttributeValue> values) {
  /** Nothing is stored at this place. */
  static final Guard ABSENT = new Guard("attribute_not_exists(pk)", Map.of());

  /** Something is. */
  static final Guard PRESENT = new Guard("attribute_exists(pk)", Map.of());

  /** The stored version is this one. */
  static Guard version(long version) {
    return new Guard("v = :was", Map.of(":was", Item.value(version)));
  }

  /** What is stored is one version older than {@code version}; nothing, when that is 1. */
  static Guard before(long version) {
    return version == 1 ? ABSENT : version(version - 1);
  }

  /** This and another condition without values. */
  Guard and(String more) {
    return new Guard(expression + " AND " + more, values);
  }
}
