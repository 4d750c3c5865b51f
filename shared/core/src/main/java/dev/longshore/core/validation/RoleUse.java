package dev.longshore.core.validation;

import java.util.Optional;

/**
 * Who wants to use what.
 *
 * @param queue where, absent when it is not known yet
 */
record RoleUse(String role, String caller, Optional<String> queue) {

  AccessDenied refused(String because) {
    return new AccessDenied(
        "User: %s is not authorized to perform: iam:PassRole on resource: %s because %s."
            .formatted(caller.isEmpty() ? "anonymous" : caller, role, because));
  }

  String missingRule() {
    String right =
        "{\"role\":\"%s\",\"callers\":[\"%s\"]%s}"
            .formatted(
                role,
                caller.isEmpty() ? "*" : JobRoleRule.roleOf(caller).orElse(caller),
                queue.map(",\"queues\":[\"%s\"]"::formatted).orElse(""));
    return "no rule for it has this caller%s; who deploys the service adds one to the file of"
            .formatted(queue.map(" in job queue %s"::formatted).orElse(""))
        + " jobRoleRules, such as "
        + right;
  }
}
