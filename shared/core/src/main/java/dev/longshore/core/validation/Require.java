package dev.longshore.core.validation;

import org.jspecify.annotations.Nullable;

/** Short ways to say "refuse unless". Each throws a {@link ClientFault} or lets the value pass. */
public final class Require {
  private Require() {}

  /** Refuses with this text unless the condition holds. */
  public static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new ClientFault(otherwise);
    }
  }

  /** Like {@link #that}, in the frame of the older validations. */
  public static void framed(boolean holds, String otherwise) {
    if (!holds) {
      throw ClientFault.wrapped(otherwise);
    }
  }

  /** The value, refused with {@code <member> is required.} when it is absent. */
  public static <T> T present(String member, @Nullable T value) {
    if (value == null) {
      throw ClientFault.wrapped(member + " is required.");
    }
    return value;
  }

  /** The text, refused with {@code <member> is required.} when it is absent or empty. */
  public static String text(String member, @Nullable String value) {
    framed(value != null && !value.isEmpty(), member + " is required.");
    return present(member, value);
  }

  /** Refuses values outside of {@code min} to {@code max}; absent ones pass. */
  public static void range(String member, @Nullable Integer value, int min, int max) {
    that(
        value == null || (value >= min && value <= max),
        "%s must be between %d and %d.".formatted(member, min, max));
  }
}
