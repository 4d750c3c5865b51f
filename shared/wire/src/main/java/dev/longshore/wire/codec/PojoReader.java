package dev.longshore.wire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.wire.codec.PojoTable.Member;
import dev.longshore.wire.codec.ValueType.Decimal;
import dev.longshore.wire.codec.ValueType.Flag;
import dev.longshore.wire.codec.ValueType.Listing;
import dev.longshore.wire.codec.ValueType.Mapping;
import dev.longshore.wire.codec.ValueType.Structure;
import dev.longshore.wire.codec.ValueType.Text;
import dev.longshore.wire.codec.ValueType.Whole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * JSON to model object. Strict on types, so that nothing is guessed; unknown members and nulls are
 * dropped ({@code batch-semantics} 1.1).
 */
final class PojoReader {
  private static final int QUOTED = 60;

  private final JsonParser json;

  /** Reads from a parser that stands on the opening brace. */
  PojoReader(JsonParser json) {
    this.json = json;
  }

  /** Sets the members of the object that starts here. */
  void read(SdkPojo builder) throws IOException {
    PojoTable table = PojoTable.of(builder);
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Member member = table.find(name);
      JsonToken token = json.nextToken();
      if (member == null) {
        json.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        member.field().set(builder, value(member.type()));
      }
    }
  }

  private Object value(ValueType type) throws IOException {
    return switch (type) {
      case Text text -> text(text.names());
      case Whole whole -> whole(whole.wide());
      case Decimal decimal -> decimal(decimal.wide());
      case Flag _ -> flag();
      case Structure structure -> structure(structure);
      case Listing list -> list(list.element());
      case Mapping map -> map(map.value());
    };
  }

  private String text(@Nullable EnumNames names) throws IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    String text = json.getText();
    if (isBroken(text)) {
      throw new ClientFault("Member " + path() + " has half of a surrogate pair in it.");
    }
    if (names == null) {
      return text;
    }
    String canonical = names.canonical(text);
    if (canonical == null) {
      throw new ClientFault(
          "Member %s must be one of %s, but was \"%s\".".formatted(path(), names, cut(text)));
    }
    return canonical;
  }

  /** Such a text cannot be written in UTF-8, so it could never be given back. */
  private static boolean isBroken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private Object whole(boolean wide) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "an integer");
    NumberType size = json.getNumberType();
    if (wide && size != NumberType.BIG_INTEGER) {
      return json.getLongValue();
    }
    if (size != NumberType.INT) {
      throw mismatch(wide ? "an integer of 64 bits" : "an integer of 32 bits");
    }
    return json.getIntValue();
  }

  private Object decimal(boolean wide) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw mismatch("a number");
    }
    double value = wide ? json.getDoubleValue() : json.getFloatValue();
    if (!Double.isFinite(value)) {
      throw mismatch("a number of " + (wide ? "double" : "single") + " precision");
    }
    return wide ? (Object) value : (Object) (float) value;
  }

  private Boolean flag() throws IOException {
    if (!json.currentToken().isBoolean()) {
      throw mismatch("true or false");
    }
    return json.getBooleanValue();
  }

  private Object structure(Structure type) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    SdkPojo builder = type.builder().get();
    read(builder);
    return ((Buildable) builder).build();
  }

  private List<Object> list(ValueType element) throws IOException {
    expect(JsonToken.START_ARRAY, "an array");
    List<Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NULL) {
        values.add(value(element));
      }
    }
    return values;
  }

  private Map<String, Object> map(ValueType type) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      if (isBroken(key)) {
        throw new ClientFault("A key of the request has half of a surrogate pair in it.");
      }
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        values.put(key, value(type));
      }
    }
    return values;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (json.currentToken() != token) {
      throw mismatch(what);
    }
  }

  private ClientFault mismatch(String expected) throws IOException {
    return new ClientFault(
        "Member %s must be %s, but was %s.".formatted(path(), expected, given()));
  }

  private String given() throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "the string \"" + cut(json.getText()) + "\"";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + cut(json.getText());
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_ARRAY, END_OBJECT, NOT_AVAILABLE ->
          "something else";
    };
  }

  private static String cut(String text) {
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
  }

  /** Where the parser stands, such as {@code containerOverrides.environment[0].name}. */
  private String path() {
    StringBuilder path = new StringBuilder();
    JsonPointer at = json.getParsingContext().pathAsPointer();
    for (; !at.matches(); at = at.tail()) {
      String name = at.getMatchingProperty();
      if (at.mayMatchElement()) {
        path.append('[').append(name).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.toString();
  }
}
