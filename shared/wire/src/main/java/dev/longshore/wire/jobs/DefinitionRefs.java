package dev.longshore.wire.jobs;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Names;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.http.Caller;
import java.util.regex.Pattern;

/**
 * Finds the revision that a submission means: a name, {@code name:revision}, or an ARN with or
 * without revision ({@code batch-semantics} 1.4). Only active ones can be submitted.
 */
final class DefinitionRefs {
  private static final Pattern REVISION = Pattern.compile("[0-9]{1,9}");

  private final CatalogStore catalog;

  DefinitionRefs(CatalogStore catalog) {
    this.catalog = catalog;
  }

  /**
   * The active revision; the newest one where none is named.
   *
   * @throws ClientFault when there is none
   */
  JobDefinition active(String given, Caller caller) {
    String reference =
        Arns.nameOf(Kind.JOB_DEFINITION, given)
            .orElseThrow(() -> new ClientFault("JobDefinition " + given + " not found."));
    int colon = reference.indexOf(':');
    return colon < 0
        ? newest(reference)
        : revision(reference.substring(0, colon), reference.substring(colon + 1), given, caller);
  }

  private JobDefinition newest(String name) {
    if (!Names.isName(name)) {
      throw unsupported(name);
    }
    return catalog.newestActive(name).orElseThrow(() -> inactive("name " + name));
  }

  private JobDefinition revision(String name, String revision, String given, Caller caller) {
    if (!Names.isName(name) || !REVISION.matcher(revision).matches()) {
      throw unsupported(given);
    }
    DefinitionId id = new DefinitionId(name, Integer.parseInt(revision));
    String arn = caller.arns().definition(id);
    JobDefinition found =
        catalog
            .definition(id)
            .orElseThrow(() -> new ClientFault("JobDefinition " + arn + " not found."));
    if (!found.active()) {
      throw inactive(arn);
    }
    return found;
  }

  private static ClientFault unsupported(String given) {
    return new ClientFault(
        "Provided name " + given + " is not supported pattern[a-zA-Z_0-9-]{1,128}");
  }

  private static ClientFault inactive(String what) {
    return new ClientFault("JobDefinition " + what + " does not exist or is not in ACTIVE status");
  }
}
