package dev.longshore.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Size of an item as DynamoDB bills it: UTF-8 bytes of names and texts, raw bytes of binaries, two
 * digits a byte for numbers, 3 bytes for a list or map and 1 for each of its elements.
 */
final class ItemSize {
  private static final int CONTAINER = 3;

  private ItemSize() {}

  /** Bytes of a whole item. */
  static int of(Map<String, AttributeValue> item) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      size += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /** Write units of an item of this size. */
  static int units(int bytes) {
    return Math.max(1, (bytes + 1_023) / 1_024);
  }

  static int utf8(String text) {
    return text.getBytes(UTF_8).length;
  }

  private static int of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToInt(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case M -> CONTAINER + value.m().size() + of(value.m());
      case L -> CONTAINER + value.l().size() + value.l().stream().mapToInt(ItemSize::of).sum();
      case BOOL, NUL -> 1;
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("unknown type " + value);
    };
  }

  private static int number(String digits) {
    String significant = digits.replaceAll("[-.]|0+$", "");
    return (significant.length() + 1) / 2 + (digits.startsWith("-") ? 2 : 1);
  }
}
