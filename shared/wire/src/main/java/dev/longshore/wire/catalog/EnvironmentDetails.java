package dev.longshore.wire.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.validation.ComputeRules;
import dev.longshore.wire.Arns;
import dev.longshore.wire.codec.WireJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.CEState;
import software.amazon.awssdk.services.batch.model.CEStatus;
import software.amazon.awssdk.services.batch.model.CEType;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.batch.model.Ec2Configuration;
import software.amazon.awssdk.services.batch.model.OrchestrationType;

/**
 * Compute environments as clients see them. What was not asked for is left out or comes with the
 * service's default, exactly where AWS does it: Terraform's second plan is empty only then. So an
 * allocation strategy that was not given is not shown, but an {@code ec2Configuration} is.
 */
final class EnvironmentDetails {
  private static final Ec2Configuration DEFAULT_IMAGE =
      Ec2Configuration.builder().imageType("ECS_AL2023").build();

  private EnvironmentDetails() {}

  /**
   * An environment.
   *
   * @param desired what is shown as {@code desiredvCpus} of a managed one
   */
  static ComputeEnvironmentDetail of(ComputeEnvironment environment, int desired, Arns arns) {
    String name = environment.name();
    Managed managed = environment.managed();
    ComputeEnvironmentDetail stored = stored(environment);
    return stored.toBuilder()
        .computeEnvironmentName(name)
        .computeEnvironmentArn(arns.environment(name))
        .ecsClusterArn(arns.cluster(name))
        .uuid(ComputeEnvironment.clusterOf(name).substring((name + "_Batch_").length()))
        .type(managed == null ? CEType.UNMANAGED : CEType.MANAGED)
        .state(environment.enabled() ? CEState.ENABLED : CEState.DISABLED)
        .status(CEStatus.fromValue(environment.status().name()))
        .statusReason(EnvironmentOperations.orNull(environment.statusReason()))
        .unmanagedvCpus(environment.unmanagedVcpus() == 0 ? null : environment.unmanagedVcpus())
        .computeResources(managed == null ? null : shown(managed, stored, desired))
        .serviceRole(stored.serviceRole() == null ? linkedRole(arns) : stored.serviceRole())
        .containerOrchestrationType(OrchestrationType.ECS)
        .tags(environment.tags())
        .build();
  }

  /** What was stored of an environment beside what the core knows. */
  static ComputeEnvironmentDetail stored(ComputeEnvironment environment) {
    return WireJson.read(environment.document(), ComputeEnvironmentDetail.builder());
  }

  /**
   * All that was asked for: the document with what the core knows, which wins.
   *
   * @param desired null to leave it out
   */
  static ComputeResource resource(
      Managed managed, ComputeEnvironmentDetail stored, @Nullable Integer desired) {
    ComputeResource.Builder resource =
        stored.computeResources() == null
            ? ComputeResource.builder()
            : stored.computeResources().toBuilder();
    resource
        .type(ComputeResources.type(managed.market()))
        .minvCpus(managed.minVcpus())
        .maxvCpus(managed.maxVcpus())
        .desiredvCpus(desired)
        .instanceTypes(managed.instanceTypes());
    if (!managed.allocationStrategy().equals(ComputeRules.BEST_FIT)) {
      resource.allocationStrategy(managed.allocationStrategy());
    }
    return resource.build();
  }

  private static ComputeResource shown(
      Managed managed, ComputeEnvironmentDetail stored, int desired) {
    ComputeResource resource = resource(managed, stored, desired);
    return resource.toBuilder()
        .subnets(List.copyOf(resource.subnets()))
        .securityGroupIds(List.copyOf(resource.securityGroupIds()))
        .ec2Configuration(
            resource.ec2Configuration().isEmpty()
                ? List.of(DEFAULT_IMAGE)
                : resource.ec2Configuration())
        .build();
  }

  /** The role that an environment uses which names none. */
  private static String linkedRole(Arns arns) {
    return "arn:aws:iam::%s:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch"
        .formatted(arns.account());
  }
}
