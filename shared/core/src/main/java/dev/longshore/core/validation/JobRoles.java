package dev.longshore.core.validation;

import java.util.List;
import java.util.Optional;

/**
 * Which IAM roles jobs may have, and who may give them to a job. AWS asks this by {@code
 * iam:PassRole}; here who deploys the service has said it. A role is named by its ARN.
 */
public sealed interface JobRoles {

  /** Nothing is asked: on one machine roles give a job nothing. */
  record Any() implements JobRoles {}

  /**
   * Every caller may use each of these roles.
   *
   * @param roles ARNs, in which {@code *} stands for any text
   */
  record Named(List<String> roles) implements JobRoles {
    public Named {
      roles = List.copyOf(roles);
    }
  }

  /**
   * A role is used as a rule says. What no rule says is refused.
   *
   * @param roles ARNs, in which {@code *} stands for any text; no rule reaches beyond them
   * @param rules of which one must allow it
   */
  record Ruled(List<String> roles, List<JobRoleRule> rules) implements JobRoles {
    public Ruled {
      roles = List.copyOf(roles);
      rules = List.copyOf(rules);
    }
  }

  /**
   * A definition may have the role when this caller may use it in some queue.
   *
   * @param caller ARN of who registers, empty when nobody knows
   * @throws AccessDenied when not
   */
  default void checkRegistration(String caller, String role) {
    check(new RoleUse(role, caller, Optional.empty()));
  }

  /**
   * A job in this queue may have the role of its definition.
   *
   * @param caller ARN of who submits, empty when nobody knows
   * @throws AccessDenied when not
   */
  default void checkSubmission(String caller, String queue, String role) {
    check(new RoleUse(role, caller, Optional.of(queue)));
  }

  private void check(RoleUse use) {
    switch (this) {
      case Any _ -> {}
      case Named(List<String> roles) -> checkNamed(use, roles);
      case Ruled(List<String> roles, List<JobRoleRule> rules) -> {
        checkNamed(use, roles);
        if (rules.stream().noneMatch(rule -> rule.allows(use.role(), use.caller(), use.queue()))) {
          throw use.refused(use.missingRule());
        }
      }
    }
  }

  private static void checkNamed(RoleUse use, List<String> roles) {
    if (roles.stream().noneMatch(role -> Wildcard.matches(role, use.role()))) {
      throw use.refused(
          "it is not among the roles that jobs may have; who deploys the service names them in"
              + " jobRoles");
    }
  }
}
