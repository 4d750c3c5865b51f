package dev.longshore.benchmarks;

import java.util.Locale;

/** What a figure should be. */
sealed interface Goal {
  /** This or more. */
  record AtLeast(double limit) implements Goal {}

  /** This or less. */
  record AtMost(double limit) implements Goal {}

  /** A figure to compare with, or one that says how another came about. */
  record None() implements Goal {}

  /** True when the value is as it should be. */
  default boolean isMetBy(double value) {
    return switch (this) {
      case AtLeast(double limit) -> value >= limit;
      case AtMost(double limit) -> value <= limit;
      case None() -> true;
    };
  }

  /** For people; empty when there is none. */
  default String text(String unit) {
    return switch (this) {
      case AtLeast(double limit) -> ">= " + number(limit) + unit(unit);
      case AtMost(double limit) -> "<= " + number(limit) + unit(unit);
      case None() -> "";
    };
  }

  /** A number with as many digits as it deserves. */
  static String number(double value) {
    String format = Math.abs(value) >= 100 || value == Math.rint(value) ? "%,.0f" : "%,.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String unit(String unit) {
    return unit.isEmpty() ? "" : " " + unit;
  }
}
