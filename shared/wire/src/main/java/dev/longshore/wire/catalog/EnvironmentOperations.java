package dev.longshore.wire.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.CEState;
import software.amazon.awssdk.services.batch.model.CEType;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.CreateComputeEnvironmentRequest;
import software.amazon.awssdk.services.batch.model.CreateComputeEnvironmentResponse;
import software.amazon.awssdk.services.batch.model.DeleteComputeEnvironmentRequest;
import software.amazon.awssdk.services.batch.model.DeleteComputeEnvironmentResponse;
import software.amazon.awssdk.services.batch.model.DescribeComputeEnvironmentsRequest;
import software.amazon.awssdk.services.batch.model.DescribeComputeEnvironmentsResponse;
import software.amazon.awssdk.services.batch.model.UpdateComputeEnvironmentRequest;
import software.amazon.awssdk.services.batch.model.UpdateComputeEnvironmentResponse;

/** Compute environments ({@code batch-semantics} 2.9, 17). */
final class EnvironmentOperations {
  private final Environments environments;
  private final EnvironmentUpdates updates;

  EnvironmentOperations(Environments environments) {
    this.environments = environments;
    this.updates = new EnvironmentUpdates(environments);
  }

  Operations operations() {
    return Operations.none()
        .with("CreateComputeEnvironment", CreateComputeEnvironmentRequest::builder, this::create)
        .with("UpdateComputeEnvironment", UpdateComputeEnvironmentRequest::builder, this::update)
        .with("DeleteComputeEnvironment", DeleteComputeEnvironmentRequest::builder, this::delete)
        .with(
            "DescribeComputeEnvironments",
            DescribeComputeEnvironmentsRequest::builder,
            this::describe);
  }

  private CreateComputeEnvironmentResponse create(
      CreateComputeEnvironmentRequest request, Caller caller) {
    String name = Require.text("computeEnvironmentName", request.computeEnvironmentName());
    Require.text("type", request.typeAsString());
    Require.that(
        request.eksConfiguration() == null,
        "eksConfiguration is not supported; supported are compute environments of type MANAGED"
            + " with computeResources.type EC2 or SPOT, and of type UNMANAGED.");
    environments.create(
        new Environments.Draft(
            name,
            request.state() != CEState.DISABLED,
            managed(request),
            unmanagedVcpus(request.type() == CEType.UNMANAGED, request.unmanagedvCpus()),
            WireJson.write(
                ComputeEnvironmentDetail.builder()
                    .computeResources(request.computeResources())
                    .serviceRole(orNull(request.serviceRole()))
                    .context(request.context())
                    .build()),
            request.tags()));
    return CreateComputeEnvironmentResponse.builder()
        .computeEnvironmentName(name)
        .computeEnvironmentArn(caller.arns().environment(name))
        .build();
  }

  private static @Nullable Managed managed(CreateComputeEnvironmentRequest request) {
    if (request.type() == CEType.UNMANAGED) {
      Require.framed(
          request.computeResources() == null, "computeResources is not applicable for UNMANAGED.");
      return null;
    }
    return ComputeResources.checked(
        Require.present("computeResources", request.computeResources()));
  }

  static int unmanagedVcpus(boolean unmanaged, @Nullable Integer given) {
    Require.framed(given == null || unmanaged, "unmanagedvCpus is not applicable for MANAGED.");
    Require.range("unmanagedvCpus", given, 0, Integer.MAX_VALUE);
    return given == null ? 0 : given;
  }

  private UpdateComputeEnvironmentResponse update(
      UpdateComputeEnvironmentRequest request, Caller caller) {
    String name =
        Refs.name(Kind.COMPUTE_ENVIRONMENT, "computeEnvironment", request.computeEnvironment());
    String arn = caller.arns().environment(name);
    environments.update(name, arn, before -> updates.changed(before, request));
    return UpdateComputeEnvironmentResponse.builder()
        .computeEnvironmentName(name)
        .computeEnvironmentArn(arn)
        .build();
  }

  private DeleteComputeEnvironmentResponse delete(
      DeleteComputeEnvironmentRequest request, Caller caller) {
    String name =
        Refs.name(Kind.COMPUTE_ENVIRONMENT, "computeEnvironment", request.computeEnvironment());
    environments.delete(name, caller.arns().environment(name));
    return DeleteComputeEnvironmentResponse.builder().build();
  }

  private DescribeComputeEnvironmentsResponse describe(
      DescribeComputeEnvironmentsRequest request, Caller caller) {
    Set<String> names =
        Refs.names(Kind.COMPUTE_ENVIRONMENT, "computeEnvironments", request.computeEnvironments());
    List<ComputeEnvironment> found =
        request.computeEnvironments().isEmpty()
            ? environments.all()
            : names.stream().map(environments::find).flatMap(Optional::stream).toList();
    Listing<ComputeEnvironment> page =
        Listing.of(
            found,
            ComputeEnvironment::name,
            "DescribeComputeEnvironments" + names,
            request.maxResults(),
            request.nextToken());
    return DescribeComputeEnvironmentsResponse.builder()
        .computeEnvironments(
            page.entries().stream()
                .map(each -> EnvironmentDetails.of(each, desired(each), caller.arns()))
                .toList())
        .nextToken(page.nextToken())
        .build();
  }

  private int desired(ComputeEnvironment environment) {
    return environment.managed() == null ? 0 : environments.desired(environment);
  }

  /** Some clients send an empty text for a member that they do not set. */
  static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
