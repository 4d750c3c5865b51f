package dev.longshore.wire.codec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a member with an enumeration may have, found in any case. */
final class EnumNames {
  private final Map<String, String> canonical = new LinkedHashMap<>();

  EnumNames(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (!((Enum<?>) constant).name().equals("UNKNOWN_TO_SDK_VERSION")) {
        String value = constant.toString();
        canonical.put(value.toUpperCase(Locale.ROOT), value);
      }
    }
  }

  /** The value as the model writes it, or null when there is no such value. */
  @Nullable String canonical(String text) {
    return canonical.get(text.toUpperCase(Locale.ROOT));
  }

  /** All values, for an error text. */
  @Override
  public String toString() {
    return canonical.values().toString();
  }
}
