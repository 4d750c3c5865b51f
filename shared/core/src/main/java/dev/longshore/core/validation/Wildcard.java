package dev.longshore.core.validation;

import static java.util.stream.Collectors.joining;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Patterns in which {@code *} stands for any text, the empty one too. */
final class Wildcard {
  private Wildcard() {}

  static boolean matches(String pattern, String text) {
    String expression =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));
    return Pattern.compile(expression, Pattern.DOTALL).matcher(text).matches();
  }
}
