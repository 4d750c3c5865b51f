package dev.longshore.aws.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of an item or of a map inside one: read, or being put together. */
final class Item {
  private final Map<String, AttributeValue> attributes;

  Item() {
    this(new HashMap<>());
  }

  Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  static AttributeValue value(String text) {
    return AttributeValue.builder().s(text).build();
  }

  static AttributeValue value(long number) {
    return AttributeValue.builder().n(Long.toString(number)).build();
  }

  static AttributeValue value(byte[] bytes) {
    return AttributeValue.builder().b(SdkBytes.fromByteArrayUnsafe(bytes)).build();
  }

  static AttributeValue values(Collection<byte[]> set) {
    return AttributeValue.builder()
        .bs(set.stream().map(SdkBytes::fromByteArrayUnsafe).toList())
        .build();
  }

  /** Null is left out. */
  Item put(String name, @Nullable String text) {
    if (text != null) {
      attributes.put(name, value(text));
    }
    return this;
  }

  Item put(String name, long number) {
    attributes.put(name, value(number));
    return this;
  }

  /** Null is left out. */
  Item put(String name, @Nullable Integer number) {
    return number == null ? this : put(name, number.longValue());
  }

  /** Zero is left out. */
  Item putUnlessZero(String name, long number) {
    return number == 0 ? this : put(name, number);
  }

  Item put(String name, boolean flag) {
    attributes.put(name, AttributeValue.builder().bool(flag).build());
    return this;
  }

  Item put(String name, byte[] bytes) {
    attributes.put(name, value(bytes));
    return this;
  }

  Item put(String name, Item map) {
    attributes.put(name, AttributeValue.builder().m(map.attributes).build());
    return this;
  }

  /** An empty set is left out: the store knows none. */
  Item putSet(String name, Collection<byte[]> set) {
    if (!set.isEmpty()) {
      attributes.put(name, values(set));
    }
    return this;
  }

  /** An empty list is left out. */
  Item putMaps(String name, List<Item> maps) {
    return putList(
        name,
        maps.stream().map(map -> AttributeValue.builder().m(map.attributes).build()).toList());
  }

  /** An empty list is left out. */
  Item putTexts(String name, List<String> texts) {
    return putList(name, texts.stream().map(Item::value).toList());
  }

  /** An empty list is left out. */
  Item putNumbers(String name, List<Integer> numbers) {
    return putList(name, numbers.stream().map(Item::value).toList());
  }

  /** An empty map is left out. */
  Item putTextMap(String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      Item map = new Item();
      texts.forEach(map::put);
      put(name, map);
    }
    return this;
  }

  private Item putList(String name, List<AttributeValue> list) {
    if (!list.isEmpty()) {
      attributes.put(name, AttributeValue.builder().l(list).build());
    }
    return this;
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  String text(String name) {
    return required(name).s();
  }

  @Nullable String textOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  long number(String name) {
    return Long.parseLong(required(name).n());
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  /** Zero when it is not there. */
  long numberOrZero(String name) {
    return has(name) ? number(name) : 0;
  }

  @Nullable Integer integerOrNull(String name) {
    return has(name) ? integer(name) : null;
  }

  boolean flag(String name) {
    return required(name).bool();
  }

  byte[] bytes(String name) {
    return required(name).b().asByteArrayUnsafe();
  }

  /** True when the attribute is there and binary. */
  boolean isBinary(String name) {
    AttributeValue value = attributes.get(name);
    return value != null && value.type() == AttributeValue.Type.B;
  }

  Item map(String name) {
    return new Item(required(name).m());
  }

  List<byte[]> set(String name) {
    AttributeValue value = attributes.get(name);
    return value == null
        ? List.of()
        : value.bs().stream().map(SdkBytes::asByteArrayUnsafe).toList();
  }

  List<Item> maps(String name) {
    return list(name).stream().map(value -> new Item(value.m())).toList();
  }

  List<String> texts(String name) {
    return list(name).stream().map(AttributeValue::s).toList();
  }

  List<Integer> numbers(String name) {
    List<Integer> numbers = new ArrayList<>();
    for (AttributeValue value : list(name)) {
      numbers.add(Integer.valueOf(value.n()));
    }
    return numbers;
  }

  Map<String, String> textMap(String name) {
    Map<String, String> texts = new HashMap<>();
    if (has(name)) {
      required(name).m().forEach((key, value) -> texts.put(key, value.s()));
    }
    return texts;
  }

  private List<AttributeValue> list(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l();
  }

  private AttributeValue required(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      throw new IllegalStateException("no attribute " + name + " in " + attributes.keySet());
    }
    return value;
  }
}
