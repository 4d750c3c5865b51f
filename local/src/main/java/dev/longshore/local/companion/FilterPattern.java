package dev.longshore.local.companion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern of terms: all of the plain ones, at least one of those with {@code ?}, none of
 * those with {@code -}. Patterns on JSON members, on columns and regular expressions are refused.
 *
 * @param all must be in the line
 * @param any one of them must be, if there are any
 * @param none must not be
 */
record FilterPattern(List<String> all, List<String> any, List<String> none) {
  private static final Pattern TERM =
      Pattern.compile("([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");

  static FilterPattern parse(String text) {
    String pattern = text.strip();
    if (pattern.startsWith("{") || pattern.startsWith("[") || pattern.contains("%")) {
      throw CompanionFault.invalid("Only filter patterns of terms are supported here.");
    }
    List<String> all = new ArrayList<>();
    List<String> any = new ArrayList<>();
    List<String> none = new ArrayList<>();
    Matcher terms = TERM.matcher(pattern);
    while (terms.find()) {
      String quoted = terms.group(2);
      String term = quoted == null ? terms.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      switch (terms.group(1)) {
        case "?" -> any.add(term);
        case "-" -> none.add(term);
        default -> all.add(term);
      }
    }
    return new FilterPattern(List.copyOf(all), List.copyOf(any), List.copyOf(none));
  }

  boolean matches(String line) {
    return all.stream().allMatch(line::contains)
        && (any.isEmpty() || any.stream().anyMatch(line::contains))
        && none.stream().noneMatch(line::contains);
  }
}
