package dev.longshore.wire.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.wire.codec.PojoTable.Member;
import dev.longshore.wire.codec.ValueType.Decimal;
import dev.longshore.wire.codec.ValueType.Flag;
import dev.longshore.wire.codec.ValueType.Listing;
import dev.longshore.wire.codec.ValueType.Mapping;
import dev.longshore.wire.codec.ValueType.Structure;
import dev.longshore.wire.codec.ValueType.Text;
import dev.longshore.wire.codec.ValueType.Whole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Model object to JSON. Absent members are left out; an empty list that was set is written. */
final class PojoWriter {
  private PojoWriter() {}

  static void write(SdkPojo pojo, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Member member : PojoTable.of(pojo).members()) {
      Object value = member.field().getValueOrDefault(pojo);
      if (isPresent(value)) {
        json.writeFieldName(member.name());
        write(value, member.type(), json);
      }
    }
    json.writeEndObject();
  }

  /** The model gives an empty list or map of its own kind for a member that was never set. */
  private static boolean isPresent(@Nullable Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList<?>)
        && !(value instanceof SdkAutoConstructMap<?, ?>);
  }

  private static void write(Object value, ValueType type, JsonGenerator json) throws IOException {
    switch (type) {
      case Text _ -> json.writeString((String) value);
      case Whole _ -> json.writeNumber(((Number) value).longValue());
      case Decimal decimal -> writeDecimal((Number) value, decimal, json);
      case Flag _ -> json.writeBoolean((Boolean) value);
      case Structure _ -> write((SdkPojo) value, json);
      case Listing list -> {
        json.writeStartArray();
        for (Object element : (List<?>) value) {
          write(element, list.element(), json);
        }
        json.writeEndArray();
      }
      case Mapping map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          json.writeFieldName((String) entry.getKey());
          write(entry.getValue(), map.value(), json);
        }
        json.writeEndObject();
      }
    }
  }

  /** A whole number keeps its point ({@code 1.0}), as the service writes it. */
  private static void writeDecimal(Number value, Decimal type, JsonGenerator json)
      throws IOException {
    if (type.wide()) {
      json.writeNumber(value.doubleValue());
    } else {
      json.writeNumber(value.floatValue());
    }
  }
}
