package dev.longshore.core.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may use a role, and where. In all of it {@code *} stands for any text.
 *
 * @param role ARN of the role
 * @param callers ARNs of users and roles, or of single sessions of a role; empty for everybody. A
 *     role means all of its sessions.
 * @param queues names of job queues; empty for all
 */
public record JobRoleRule(String role, List<String> callers, List<String> queues) {
  private static final String ROLE = ":role/";

  /** It has the role's name, and not the path before the name. */
  private static final Pattern SESSION =
      Pattern.compile("arn:([^:]+):sts::([^:]*):assumed-role/([^/]+)/.+");

  /**
   * A rule.
   *
   * @throws IllegalArgumentException when it is none: what it says could never be met, or would be
   *     met by more than it says
   */
  public JobRoleRule {
    callers = List.copyOf(callers);
    queues = List.copyOf(queues);
    checkArn("role", role);
    for (String caller : callers) {
      checkArn("callers", caller);
      checkPath(caller);
    }
    for (String queue : queues) {
      if (queue.isBlank() || queue.startsWith("arn:")) {
        throw new IllegalArgumentException(
            "queues has names of job queues, such as etl-*, not \"" + queue + "\".");
      }
    }
  }

  private static void checkArn(String member, String pattern) {
    if (!pattern.equals("*") && !pattern.startsWith("arn:")) {
      throw new IllegalArgumentException(
          member + " has ARNs (or * alone), not \"" + pattern + "\".");
    }
  }

  private static void checkPath(String caller) {
    int name = nameAt(caller);
    if (name > startOf(caller) && caller.indexOf('*', name) >= 0) {
      throw new IllegalArgumentException(
          "The path of a role does not tell whose session calls, only the name does: write "
              + caller
              + " with the whole name, or without the path.");
    }
  }

  /** True when it is for this role, or for one of those that this pattern stands for. */
  public boolean isFor(String roleOrPattern) {
    return Wildcard.matches(role, roleOrPattern) || Wildcard.matches(roleOrPattern, role);
  }

  /** True when it allows this. Without a queue, true when there is some queue for which it does. */
  boolean allows(String usedRole, String caller, Optional<String> queue) {
    return Wildcard.matches(role, usedRole) && hasCaller(caller) && hasQueue(queue);
  }

  private boolean hasCaller(String caller) {
    return callers.isEmpty()
        || callers.stream().anyMatch(pattern -> Wildcard.matches(pattern, caller))
        || roleOf(caller)
            .filter(itsRole ->
                callers.stream().anyMatch(pattern -> Wildcard.matches(bare(pattern), itsRole)))
            .isPresent();
  }

  private boolean hasQueue(Optional<String> queue) {
    return queues.isEmpty()
        || queue.isEmpty()
        || queues.stream().anyMatch(pattern -> Wildcard.matches(pattern, queue.get()));
  }

  /** The role whose session this is, without its path. */
  static Optional<String> roleOf(String caller) {
    Matcher session = SESSION.matcher(caller);
    return session.matches()
        ? Optional.of(
            "arn:%s:iam::%s%s%s"
                .formatted(session.group(1), session.group(2), ROLE, session.group(3)))
        : Optional.empty();
  }

  /** A role's ARN without the path before its name; others as they are. */
  private static String bare(String pattern) {
    return pattern.substring(0, startOf(pattern)) + pattern.substring(nameAt(pattern));
  }

  /** Where path and name of a role begin; the end of what is no role. */
  private static int startOf(String pattern) {
    int at = pattern.indexOf(ROLE);
    return at < 0 ? pattern.length() : at + ROLE.length();
  }

  private static int nameAt(String pattern) {
    return Math.max(startOf(pattern), pattern.contains(ROLE) ? pattern.lastIndexOf('/') + 1 : 0);
  }
}
