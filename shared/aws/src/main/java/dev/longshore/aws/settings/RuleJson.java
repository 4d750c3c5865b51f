package dev.longshore.aws.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.validation.JobRoleRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules about roles as people write them: {@code [{"role": ARN, "callers": [ARN, …], "queues":
 * [NAME, …]}, …]}, where a rule without callers is for everybody and one without queues for all.
 */
public final class RuleJson {
  private static final String ROLE = "role";
  private static final String CALLERS = "callers";
  private static final String QUEUES = "queues";

  private RuleJson() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with what is wrong and what would be right; a member that is
   *     not known is wrong, because a rule that lacks it allows more
   */
  public static List<JobRoleRule> read(String json) {
    try {
      return read(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no JSON: " + e.getMessage(), e);
    }
  }

  static List<JobRoleRule> read(JsonNode rules) {
    require(rules.isArray(), "Rules are an array, such as [{\"role\":\"arn:…\"}].");
    List<JobRoleRule> read = new ArrayList<>();
    for (JsonNode rule : rules) {
      require(rule.isObject(), "A rule is an object, not " + rule + ".");
      for (Map.Entry<String, JsonNode> member : rule.properties()) {
        require(
            List.of(ROLE, CALLERS, QUEUES).contains(member.getKey()),
            "A rule has role, callers and queues, not \"" + member.getKey() + "\".");
      }
      require(rule.path(ROLE).isTextual(), "A rule has the ARN of a role as its role: " + rule);
      read.add(
          new JobRoleRule(rule.path(ROLE).asText(), texts(rule, CALLERS), texts(rule, QUEUES)));
    }
    return read;
  }

  private static List<String> texts(JsonNode rule, String member) {
    JsonNode values = rule.path(member);
    if (values.isMissingNode()) {
      return List.of();
    }
    require(
        values.isArray() && !values.isEmpty(),
        member + " is an array with one text or more, or left out for all: " + rule);
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values) {
      require(value.isTextual(), member + " has texts, not " + value + ".");
      texts.add(value.asText());
    }
    return texts;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  static void write(List<JobRoleRule> rules, ArrayNode to) {
    for (JobRoleRule rule : rules) {
      ObjectNode object = to.addObject().put(ROLE, rule.role());
      if (!rule.callers().isEmpty()) {
        rule.callers().forEach(object.putArray(CALLERS)::add);
      }
      if (!rule.queues().isEmpty()) {
        rule.queues().forEach(object.putArray(QUEUES)::add);
      }
    }
  }
}
