package dev.longshore.wire.codec;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** What JSON a member is. */
sealed interface ValueType {

  /** A string, one of {@code names} if there are any. */
  record Text(@Nullable EnumNames names) implements ValueType {}

  /** An integer of 64 bits, or of 32. */
  record Whole(boolean wide) implements ValueType {}

  /** A double, or a float. */
  record Decimal(boolean wide) implements ValueType {}

  /** True or false. */
  record Flag() implements ValueType {}

  /** An object with members of its own. */
  record Structure(Supplier<SdkPojo> builder) implements ValueType {}

  /** An array. */
  record Listing(ValueType element) implements ValueType {}

  /** An object with keys of the caller's choice. */
  record Mapping(ValueType value) implements ValueType {}

  /**
   * The type of a member of a model class.
   *
   * @param model the class; its getters alone tell which strings are enumerations
   */
  static ValueType of(Class<?> model, SdkField<?> field) {
    return of(field, enumNames(model, field.memberName()));
  }

  private static ValueType of(SdkField<?> field, @Nullable EnumNames names) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> new Text(names);
      case INTEGER -> new Whole(false);
      case LONG -> new Whole(true);
      case FLOAT -> new Decimal(false);
      case DOUBLE -> new Decimal(true);
      case BOOLEAN -> new Flag();
      case SDK_POJO -> new Structure(field.constructor());
      case LIST ->
          new Listing(of(field.getRequiredTrait(ListTrait.class).memberFieldInfo(), names));
      case MAP -> new Mapping(of(field.getRequiredTrait(MapTrait.class).valueFieldInfo(), null));
      case NULL, SHORT, BYTE, BIG_DECIMAL, INSTANT, SDK_BYTES, DOCUMENT ->
          throw new IllegalStateException(
              "the Batch model has no members of this type: " + field.memberName());
    };
  }

  /** A member {@code state} is an enumeration when there is a getter {@code stateAsString}. */
  private static @Nullable EnumNames enumNames(Class<?> model, String member) {
    try {
      if (hasGetter(model, member + "AsString")) {
        return new EnumNames(model.getMethod(member).getReturnType());
      }
      if (hasGetter(model, member + "AsStrings")) {
        Method getter = model.getMethod(member);
        ParameterizedType list = (ParameterizedType) getter.getGenericReturnType();
        return new EnumNames((Class<?>) list.getActualTypeArguments()[0]);
      }
      return null;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(model + " has no getter " + member, e);
    }
  }

  private static boolean hasGetter(Class<?> model, String name) {
    for (Method method : model.getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == 0) {
        return true;
      }
    }
    return false;
  }
}
