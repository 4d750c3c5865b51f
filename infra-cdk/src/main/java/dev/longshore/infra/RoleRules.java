package dev.longshore.infra;

import dev.longshore.aws.settings.JobRolesText;
import dev.longshore.aws.settings.RuleJson;
import dev.longshore.core.validation.JobRoleRule;
import dev.longshore.core.validation.JobRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which roles jobs may have and who may use them, as the functions are told. */
final class RoleRules {
  /**
   * Lambda takes 4,096 bytes of variables; all others of a function, with the longest names that
   * CloudFormation makes, stay below the rest.
   */
  static final int MOST_BYTES = 2_400;

  private RoleRules() {}

  /**
   * The value of the functions' variable.
   *
   * @throws IllegalArgumentException when the rules are wrong, for a role that jobs may not have,
   *     or too many
   */
  static String text(StackSettings settings) {
    String text = JobRolesText.write(roles(settings));
    if (text.length() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "jobRoles and jobRoleRules are %d bytes for a function's variables, and %d is the most:"
                  .formatted(text.length(), MOST_BYTES)
              + " say more with fewer patterns, such as arn:aws:iam::111122223333:role/etl-*.");
    }
    return text;
  }

  private static JobRoles roles(StackSettings settings) {
    return settings
        .jobRoleRules()
        .<JobRoles>map(file -> new JobRoles.Ruled(settings.jobRoles(), rules(settings, file)))
        .orElseGet(() -> new JobRoles.Named(settings.jobRoles()));
  }

  private static List<JobRoleRule> rules(StackSettings settings, String file) {
    Path path = Path.of(file).toAbsolutePath();
    try {
      List<JobRoleRule> rules = RuleJson.read(Files.readString(path));
      for (JobRoleRule rule : rules) {
        checkRole(rule, settings.jobRoles());
      }
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException("jobRoleRules names a file that is not there: " + path, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("In jobRoleRules, " + path + ": " + e.getMessage(), e);
    }
  }

  /** A rule for a role that is not named allows nothing: somebody made a slip. */
  private static void checkRole(JobRoleRule rule, List<String> named) {
    if (named.stream().noneMatch(role -> rule.isFor(role))) {
      throw new IllegalArgumentException(
          "The rule for " + rule.role() + " has no role: jobRoles names " + named + ".");
    }
  }
}
