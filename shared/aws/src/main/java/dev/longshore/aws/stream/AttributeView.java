package dev.longshore.aws.stream;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How to look into an attribute of the library that delivered a record. Each method answers null
 * for an attribute of another type; sets of text and of numbers are in no item.
 *
 * @param <A> the library's type
 */
public interface AttributeView<A> {
  @Nullable String text(A value);

  @Nullable String number(A value);

  @Nullable Boolean flag(A value);

  @Nullable ByteBuffer bytes(A value);

  @Nullable List<ByteBuffer> bytesSet(A value);

  @Nullable List<A> list(A value);

  @Nullable Map<String, A> map(A value);

  /** All attributes in the store's own type. */
  default Map<String, AttributeValue> convert(Map<String, A> attributes) {
    Map<String, AttributeValue> all = new HashMap<>();
    attributes.forEach((name, value) -> all.put(name, convert(value)));
    return all;
  }

  private AttributeValue convert(A value) {
    AttributeValue.Builder to = AttributeValue.builder();
    String text = text(value);
    if (text != null) {
      return to.s(text).build();
    }
    String number = number(value);
    if (number != null) {
      return to.n(number).build();
    }
    Map<String, A> map = map(value);
    if (map != null) {
      return to.m(convert(map)).build();
    }
    List<A> list = list(value);
    if (list != null) {
      return to.l(list.stream().map(this::convert).toList()).build();
    }
    ByteBuffer bytes = bytes(value);
    if (bytes != null) {
      return to.b(SdkBytes.fromByteBuffer(bytes)).build();
    }
    List<ByteBuffer> set = bytesSet(value);
    if (set != null) {
      return to.bs(set.stream().map(SdkBytes::fromByteBuffer).toList()).build();
    }
    Boolean flag = flag(value);
    if (flag != null) {
      return to.bool(flag).build();
    }
    throw new IllegalArgumentException("no item has an attribute like " + value);
  }
}
