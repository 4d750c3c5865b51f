package dev.longshore.wire.jobs;

import dev.longshore.core.validation.ClientFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of a command ({@code batch-semantics} 12.2): every {@code Ref::name},
 * whole or inside an element. Inserted values are not looked at again.
 */
final class Parameters {
  private static final Pattern PLACEHOLDER = Pattern.compile("Ref::((?:(?!Ref::)[A-Za-z0-9_-])+)");

  private final Map<String, String> values;
  private final boolean asWritten;

  private Parameters(Map<String, String> values, boolean asWritten) {
    this.values = values;
    this.asWritten = asWritten;
  }

  /** Values of the submission lie over those of the definition. */
  static Parameters of(Map<String, String> definition, Map<String, String> submission) {
    Map<String, String> values = new HashMap<>(definition);
    values.putAll(submission);
    return new Parameters(values, false);
  }

  /** Leaves all placeholders as they are written. */
  static Parameters none() {
    return new Parameters(Map.of(), true);
  }

  Map<String, String> values() {
    return values;
  }

  /**
   * The command with all placeholders filled.
   *
   * @throws ClientFault when one has no value
   */
  List<String> fill(List<String> command) {
    return asWritten ? command : command.stream().map(this::fill).toList();
  }

  private String fill(String element) {
    return PLACEHOLDER
        .matcher(element)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
  }

  /** A name ends where it must: {@code Ref::in-1} is {@code in-1} if that has a value, else in. */
  private String value(String name) {
    return longestKnown(name)
        .map(known -> values.get(known) + name.substring(known.length()))
        .orElseThrow(() ->
            new ClientFault(
                "Unable to substitute value. No parameter found for reference " + name));
  }

  private Optional<String> longestKnown(String name) {
    for (int end = name.length(); end > 0; end--) {
      if (values.containsKey(name.substring(0, end))) {
        return Optional.of(name.substring(0, end));
      }
    }
    return Optional.empty();
  }
}
