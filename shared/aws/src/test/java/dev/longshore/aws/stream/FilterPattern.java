package dev.longshore.aws.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Event filter patterns as Lambda documents them, as far as ours use them. */
final class FilterPattern {
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode pattern;

  FilterPattern(String pattern) throws IOException {
    this.pattern = JSON.readTree(pattern);
  }

  boolean matches(JsonNode event) {
    return matches(pattern, event);
  }

  private static boolean matches(JsonNode pattern, JsonNode event) {
    if (pattern.isArray()) {
      for (JsonNode rule : pattern) {
        if (accepts(rule, event)) {
          return true;
        }
      }
      return false;
    }
    return pattern.properties().stream()
        .allMatch(member -> matches(member.getValue(), event.path(member.getKey())));
  }

  private static boolean accepts(JsonNode rule, JsonNode value) {
    if (rule.has("exists")) {
      return rule.get("exists").asBoolean() != value.isMissingNode();
    }
    if (rule.has("prefix")) {
      return value.isTextual() && value.asText().startsWith(rule.get("prefix").asText());
    }
    return rule.equals(value);
  }
}
