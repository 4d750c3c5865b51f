package dev.longshore.wire.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import java.util.Optional;
import software.amazon.awssdk.services.batch.model.ComputeResource;

/** What was asked for of a compute environment, as {@link ComputeEnvironment#document} keeps it. */
public final class ComputeDocuments {
  private ComputeDocuments() {}

  /** All {@code computeResources} of a managed environment; empty for an unmanaged one. */
  public static Optional<ComputeResource> resources(ComputeEnvironment environment) {
    Managed managed = environment.managed();
    return managed == null
        ? Optional.empty()
        : Optional.of(
            EnvironmentDetails.resource(managed, EnvironmentDetails.stored(environment), null));
  }
}
