package dev.longshore.aws.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.validation.JobRoles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Which roles jobs may have, as the value of a variable. All variables of a function have 4 KB
 * together, and ARNs are alike but for their ends: so it is compressed JSON, in Base64.
 */
public final class JobRolesText {
  private static final String ROLES = "roles";
  private static final String RULES = "rules";
  private static final ObjectMapper JSON = new ObjectMapper();

  private JobRolesText() {}

  /** The value that says so. */
  public static String write(JobRoles roles) {
    ObjectNode tree = JSON.createObjectNode();
    switch (roles) {
      case JobRoles.Any _ -> {}
      case JobRoles.Named(List<String> named) -> named.forEach(tree.putArray(ROLES)::add);
      case JobRoles.Ruled(List<String> named, var rules) -> {
        named.forEach(tree.putArray(ROLES)::add);
        RuleJson.write(rules, tree.putArray(RULES));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      JSON.writeValue(deflater, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * What a value says.
   *
   * @throws IllegalArgumentException when {@link #write} has not made it
   */
  public static JobRoles read(String value) {
    JsonNode tree = tree(value);
    if (!tree.has(ROLES)) {
      return new JobRoles.Any();
    }
    List<String> named = new ArrayList<>();
    tree.path(ROLES).forEach(role -> named.add(role.asText()));
    return tree.has(RULES)
        ? new JobRoles.Ruled(named, RuleJson.read(tree.path(RULES)))
        : new JobRoles.Named(named);
  }

  private static JsonNode tree(String value) {
    byte[] bytes = Base64.getDecoder().decode(value);
    try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return JSON.readTree(inflater);
    } catch (IOException e) {
      throw new IllegalArgumentException("The value does not say which roles jobs may have.", e);
    }
  }
}
