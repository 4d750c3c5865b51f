package dev.longshore.wire.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.validation.ComputeRules;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.codec.WireJson;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.CEState;
import software.amazon.awssdk.services.batch.model.CRType;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.batch.model.ComputeResourceUpdate;
import software.amazon.awssdk.services.batch.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.batch.model.UpdateComputeEnvironmentRequest;
import software.amazon.awssdk.services.batch.model.UpdatePolicy;

/**
 * What an update makes of an environment ({@code batch-semantics} 17.4). Members that were not
 * given stay; an empty text or list takes a member away.
 */
final class EnvironmentUpdates {
  private static final Pattern LINKED_ROLE =
      Pattern.compile("arn:[^:]+:iam::[0-9]{12}:role/aws-service-role/batch\\.amazonaws\\.com/.*");
  private static final long JOB_MINUTES_MAX = 7_200;

  private final Environments environments;

  EnvironmentUpdates(Environments environments) {
    this.environments = environments;
  }

  /** The wanted environment; status and version are not decided here. */
  ComputeEnvironment changed(ComputeEnvironment before, UpdateComputeEnvironmentRequest request) {
    checkPresent(before, request);
    ComputeEnvironmentDetail stored = EnvironmentDetails.stored(before);
    ComputeEnvironmentDetail.Builder document = stored.toBuilder();
    if (request.serviceRole() != null) {
      document.serviceRole(EnvironmentOperations.orNull(request.serviceRole()));
    }
    if (request.context() != null) {
      document.context(request.context());
    }
    document.updatePolicy(policy(stored.updatePolicy(), request.updatePolicy()));
    Managed managed = before.managed();
    if (managed != null && request.computeResources() != null) {
      ComputeResource merged = merged(before, managed, stored, request.computeResources());
      document.computeResources(merged);
      managed = wished(managed, ComputeResources.managed(merged), request.computeResources());
      checkReplacement(before, document.build(), managed, request.computeResources());
    }
    return new ComputeEnvironment(
        before.name(),
        request.state() == null ? before.enabled() : request.state() == CEState.ENABLED,
        before.status(),
        before.statusReason(),
        managed,
        request.unmanagedvCpus() == null
            ? before.unmanagedVcpus()
            : EnvironmentOperations.unmanagedVcpus(managed == null, request.unmanagedvCpus()),
        WireJson.write(document.build()),
        before.tags(),
        before.createdAt(),
        before.version());
  }

  /** A wish counts from the update that names it; the others leave it as old as it is. */
  private Managed wished(Managed before, Managed wanted, ComputeResourceUpdate update) {
    return update.desiredvCpus() == null
        ? wanted.desiredSince(before.desiredSince())
        : environments.desiredNow(wanted);
  }

  private static void checkPresent(
      ComputeEnvironment before, UpdateComputeEnvironmentRequest request) {
    boolean anything =
        request.state() != null
            || request.computeResources() != null
            || request.serviceRole() != null
            || request.unmanagedvCpus() != null
            || request.updatePolicy() != null
            || request.context() != null;
    Require.that(
        anything,
        "One of [state | compute-resources | service-role | unmanaged-vcpus] is required.");
    if (request.computeResources() != null) {
      Require.framed(before.managed() != null, "computeResources is not applicable for UNMANAGED.");
      Require.that(
          !request.computeResources().equals(ComputeResourceUpdate.builder().build()),
          "At least one compute-resources attribute must be specified");
    }
  }

  private ComputeResource merged(
      ComputeEnvironment before,
      Managed managed,
      ComputeEnvironmentDetail stored,
      ComputeResourceUpdate update) {
    ComputeResource.Builder merged = EnvironmentDetails.resource(managed, stored, null).toBuilder();
    if (update.type() != null) {
      merged.type(update.typeAsString());
    }
    if (update.allocationStrategy() != null) {
      merged.allocationStrategy(update.allocationStrategyAsString());
    }
    if (update.minvCpus() != null) {
      merged.minvCpus(update.minvCpus());
    }
    if (update.maxvCpus() != null) {
      merged.maxvCpus(update.maxvCpus());
    }
    if (update.hasInstanceTypes()) {
      merged.instanceTypes(update.instanceTypes());
    }
    mergeNetwork(merged, update);
    mergeInstances(merged, update);
    mergeDesired(merged, before, managed, update.desiredvCpus());
    ComputeResource result = merged.build();
    checkComplete(result, update);
    return result;
  }

  private void mergeDesired(
      ComputeResource.Builder merged,
      ComputeEnvironment before,
      Managed managed,
      @Nullable Integer desired) {
    ComputeResource limits = merged.build();
    if (desired == null) {
      // A wish from before bends to the new limits; none stays none.
      int kept = Math.min(managed.desiredVcpus(), limits.maxvCpus());
      merged.desiredvCpus(kept < limits.minvCpus() ? null : kept);
      return;
    }
    ComputeRules.checkDesired(desired, limits.minvCpus(), limits.maxvCpus());
    ComputeRules.checkRaised(desired, environments.desired(before));
    merged.desiredvCpus(desired);
  }

  private static void mergeNetwork(ComputeResource.Builder merged, ComputeResourceUpdate update) {
    if (update.hasSubnets()) {
      merged.subnets(update.subnets());
    }
    if (update.hasSecurityGroupIds()) {
      merged.securityGroupIds(update.securityGroupIds());
    }
    if (update.placementGroup() != null) {
      merged.placementGroup(EnvironmentOperations.orNull(update.placementGroup()));
    }
  }

  @SuppressWarnings("deprecation") // imageId: clients still send it
  private static void mergeInstances(ComputeResource.Builder merged, ComputeResourceUpdate update) {
    if (update.ec2KeyPair() != null) {
      merged.ec2KeyPair(EnvironmentOperations.orNull(update.ec2KeyPair()));
    }
    if (update.instanceRole() != null) {
      merged.instanceRole(update.instanceRole());
    }
    if (update.hasTags()) {
      merged.tags(update.tags());
    }
    if (update.imageId() != null) {
      merged.imageId(EnvironmentOperations.orNull(update.imageId()));
    }
    if (update.hasEc2Configuration()) {
      merged.ec2Configuration(update.ec2Configuration());
    }
    if (update.launchTemplate() != null) {
      merged.launchTemplate(template(update.launchTemplate()));
    }
    if (update.bidPercentage() != null) {
      merged.bidPercentage(update.bidPercentage() == 0 ? null : update.bidPercentage());
    } else if (merged.build().type() == CRType.EC2) {
      merged.bidPercentage(null);
    }
  }

  /** An empty ID or name takes the template away; an empty version means none. */
  private static @Nullable LaunchTemplateSpecification template(LaunchTemplateSpecification given) {
    String id = EnvironmentOperations.orNull(given.launchTemplateId());
    String name = EnvironmentOperations.orNull(given.launchTemplateName());
    boolean removed =
        id == null
            && name == null
            && (given.launchTemplateId() != null || given.launchTemplateName() != null);
    return removed
        ? null
        : given.toBuilder()
            .launchTemplateId(id)
            .launchTemplateName(name)
            .version(EnvironmentOperations.orNull(given.version()))
            .build();
  }

  /** An update must not take away what instances need. */
  private static void checkComplete(ComputeResource merged, ComputeResourceUpdate update) {
    Require.framed(!"".equals(merged.instanceRole()), "Instance role is required.");
    Require.framed(!update.hasSubnets() || !merged.subnets().isEmpty(), "Subnets are required.");
    boolean touched = update.hasSecurityGroupIds() || update.launchTemplate() != null;
    Require.framed(
        !touched || !merged.securityGroupIds().isEmpty() || merged.launchTemplate() != null,
        "Security groups are required.");
  }

  /** All but scaling replaces instances, which AWS allows only under conditions. */
  private static void checkReplacement(
      ComputeEnvironment before,
      ComputeEnvironmentDetail after,
      Managed managed,
      ComputeResourceUpdate update) {
    Managed old = before.managed();
    if (old == null) {
      return;
    }
    ComputeResource was =
        unscaled(EnvironmentDetails.resource(old, EnvironmentDetails.stored(before), null));
    boolean replaces =
        !was.equals(unscaled(after.computeResources()))
            || Boolean.TRUE.equals(update.updateToLatestImageVersion());
    if (!replaces) {
      return;
    }
    ComputeRules.checkReplaceable(old, managed);
    String role = after.serviceRole();
    Require.that(
        role == null || LINKED_ROLE.matcher(role).matches(),
        "Only desiredvCpus, maxvCpus, minvCpus, serviceRole and state of a compute environment"
            + " can be updated unless its serviceRole is the service-linked role"
            + " AWSServiceRoleForBatch.");
  }

  private static ComputeResource unscaled(ComputeResource resource) {
    return resource.toBuilder().minvCpus(null).maxvCpus(null).desiredvCpus(null).build();
  }

  private static @Nullable UpdatePolicy policy(
      @Nullable UpdatePolicy before, @Nullable UpdatePolicy given) {
    if (given == null) {
      return before;
    }
    Long minutes = given.jobExecutionTimeoutMinutes();
    Require.that(
        minutes == null || (minutes >= 1 && minutes <= JOB_MINUTES_MAX),
        "updatePolicy.jobExecutionTimeoutMinutes must be between 1 and 7200.");
    UpdatePolicy.Builder merged =
        before == null
            ? UpdatePolicy.builder().terminateJobsOnUpdate(false).jobExecutionTimeoutMinutes(30L)
            : before.toBuilder();
    if (minutes != null) {
      merged.jobExecutionTimeoutMinutes(minutes);
    }
    if (given.terminateJobsOnUpdate() != null) {
      merged.terminateJobsOnUpdate(given.terminateJobsOnUpdate());
    }
    return merged.build();
  }
}
