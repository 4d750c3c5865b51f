package dev.longshore.wire.catalog;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What members of requests refer to, by name or ARN ({@code batch-semantics} 1.4). */
final class Refs {
  private static final Pattern REVISION = Pattern.compile("(.*):([0-9]{1,9})");

  private Refs() {}

  /** The name in a member that takes a name or an ARN of this kind. */
  static String name(Kind kind, String member, @Nullable String nameOrArn) {
    String given = Require.text(member, nameOrArn);
    return Arns.nameOf(kind, given)
        .orElseThrow(() ->
            new ClientFault(
                "%s %s is the ARN of something else; it must be the name or ARN of a %s."
                    .formatted(member, given, kind.words())));
  }

  /** The name in a member that takes an ARN of this kind only. */
  static String nameInArn(Kind kind, String member, @Nullable String arn) {
    String given = Require.text(member, arn);
    Require.that(given.startsWith("arn:"), "%s %s must be an ARN.".formatted(member, given));
    return name(kind, member, given);
  }

  /** The names in a list of names and ARNs, at most 100; ARNs of something else name nothing. */
  static Set<String> names(Kind kind, String member, List<String> namesOrArns) {
    checkCount(member, namesOrArns);
    Set<String> names = new TreeSet<>();
    for (String each : namesOrArns) {
      Arns.nameOf(kind, each).ifPresent(names::add);
    }
    return names;
  }

  /** The revision that {@code name:revision} or an ARN of one names; empty for anything else. */
  static Optional<DefinitionId> revision(String nameOrArn) {
    return Arns.nameOf(Kind.JOB_DEFINITION, nameOrArn)
        .map(REVISION::matcher)
        .filter(Matcher::matches)
        .map(parts -> new DefinitionId(parts.group(1), Integer.parseInt(parts.group(2))));
  }

  /** Refuses more entries than one call may name. */
  static void checkCount(String member, List<String> entries) {
    Require.that(
        entries.size() <= Quotas.PAGE,
        "%s must have at most %d entries.".formatted(member, Quotas.PAGE));
  }
}
