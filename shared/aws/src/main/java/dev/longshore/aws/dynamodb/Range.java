package dev.longshore.aws.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A stretch of one partition, of the table or of its index.
 *
 * @param condition key condition
 * @param values its values
 * @param index of the index rather than of the table; then it lags
 * @param after key to start behind, empty for the beginning
 * @param forward ascending
 */
record Range(
    String condition,
    Map<String, AttributeValue> values,
    boolean index,
    Map<String, AttributeValue> after,
    boolean forward) {

  /** A whole partition. */
  static Range partition(String pk) {
    return ascending("pk = :p", Map.of(":p", Item.value(pk)));
  }

  /** The items whose sort key begins so. */
  static Range prefix(String pk, String prefix) {
    return ascending(
        "pk = :p AND begins_with(sk, :s)", Map.of(":p", Item.value(pk), ":s", Item.value(prefix)));
  }

  /** The items with sort keys between these, both included. */
  static Range between(String pk, String low, String high) {
    return ascending(
        "pk = :p AND sk BETWEEN :low AND :high",
        Map.of(":p", Item.value(pk), ":low", Item.value(low), ":high", Item.value(high)));
  }

  /** One lane of the index. */
  static Range line(String lane, Map<String, AttributeValue> after, boolean forward) {
    return new Range("lp = :p", Map.of(":p", Item.value(lane)), true, after, forward);
  }

  private static Range ascending(String condition, Map<String, AttributeValue> values) {
    return new Range(condition, values, false, Map.of(), true);
  }

  /** The same behind this item, which need not exist any more. */
  Range behind(ItemKey last) {
    return new Range(condition, values, index, last.attributes(), forward);
  }

  QueryRequest request(String table, Map<String, AttributeValue> start, int limit) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(index ? TableSetup.INDEX : null)
        .consistentRead(!index)
        .keyConditionExpression(condition)
        .expressionAttributeValues(values)
        .exclusiveStartKey(start.isEmpty() ? null : start)
        .scanIndexForward(forward)
        .limit(limit)
        .build();
  }
}
