package dev.longshore.wire.jobs;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.ContainerRules;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.catalog.DefinitionDocuments;
import dev.longshore.wire.catalog.Needs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ArrayProperties;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/**
 * What a submission may say ({@code batch-semantics} 2.1), one rule a method, each giving the
 * effective value where there is one.
 */
final class SubmissionRules {
  private static final int ARRAY_MIN = 2;
  private static final int ARRAY_MAX = 10_000;
  private static final Pattern SHARE = Pattern.compile("[A-Za-z0-9]{1,255}");

  private SubmissionRules() {}

  /** Only jobs on EC2 can run. */
  static void checkType(JobDefinition definition) {
    Require.that(
        definition.eksProperties() == null,
        "Jobs with eksProperties are not supported; use containerProperties or ecsProperties.");
    List<PlatformCapability> capabilities = definition.platformCapabilities();
    Require.that(
        capabilities.isEmpty() || capabilities.contains(PlatformCapability.EC2),
        "Job Queue is attached to Compute Environment that can not run Jobs with capability "
            + capabilities.stream().findFirst().map(PlatformCapability::toString).orElse(""));
  }

  /** 0 when it is no array. */
  static int arraySize(@Nullable ArrayProperties array) {
    Integer size = array == null ? null : array.size();
    if (size == null) {
      return 0;
    }
    Require.range("arrayProperties.size", size, ARRAY_MIN, ARRAY_MAX);
    return size;
  }

  /** Each kind of override is for its kind of definition. */
  static void checkOverrides(SubmitJobRequest request, JobDefinition definition) {
    boolean multiNode = definition.nodeProperties() != null;
    Require.that(
        multiNode || request.nodeOverrides() == null,
        "nodeOverrides are only allowed for multinode job definitions.");
    Require.that(
        definition.ecsProperties() != null || request.ecsPropertiesOverride() == null,
        "ecsPropertiesOverride is only allowed for job definitions with ecsProperties.");
    // Some clients send an empty one with every submission.
    boolean containerOverrides =
        request.containerOverrides() != null
            && !request.containerOverrides().equals(ContainerOverrides.builder().build());
    Require.that(
        !containerOverrides || definition.containerProperties() != null,
        "containerOverrides are only allowed for job definitions with containerProperties.");
    Require.that(
        request.eksPropertiesOverride() == null,
        "eksPropertiesOverride is only allowed for job definitions with eksProperties.");
    if (request.containerOverrides() != null) {
      checkContainer(request.containerOverrides());
    }
    if (request.ecsPropertiesOverride() != null) {
      EcsOverrides.check(request.ecsPropertiesOverride(), definition.ecsProperties());
    }
  }

  /** What the overrides of one container may say. */
  static void checkContainer(ContainerOverrides overrides) {
    ContainerRules.checkCommand(overrides.command());
    overrides.environment().forEach(pair -> ContainerRules.checkVariable(pair.name()));
    checkOnceEach(overrides.resourceRequirements());
  }

  /** Multi-node jobs need On-Demand hosts that the service manages, and are no arrays. */
  static void checkMultiNode(int arraySize, Stream<ComputeEnvironment> environments) {
    Require.that(arraySize == 0, "arrayProperties are not allowed for multi-node parallel jobs.");
    Require.that(
        environments
            .map(ComputeEnvironment::managed)
            .anyMatch(managed -> managed != null && managed.market() == Market.ON_DEMAND),
        "Multi-node parallel jobs are not supported on Spot or unmanaged compute environments; the"
            + " job queue needs a managed one with computeResources.type EC2.");
  }

  static void checkOnceEach(List<ResourceRequirement> requirements) {
    Set<String> types = new HashSet<>();
    for (ResourceRequirement requirement : requirements) {
      String type = Require.text("resourceRequirements.type", requirement.typeAsString());
      Require.that(types.add(type), "resourceRequirements must have one entry of type " + type);
    }
  }

  /** What one attempt asks for. */
  static Shape shape(List<ResourceRequirement> effective) {
    int vcpus = 0;
    int memory = 0;
    int gpus = 0;
    for (ResourceRequirement one : effective) {
      int amount = ContainerRules.amount(one.typeAsString(), one.value());
      switch (one.type()) {
        case VCPU -> vcpus = amount;
        case MEMORY -> memory = amount;
        case GPU -> gpus = amount;
        case UNKNOWN_TO_SDK_VERSION ->
            throw new ClientFault("resourceRequirements.type must be VCPU, MEMORY or GPU.");
      }
    }
    Require.framed(vcpus > 0, "containerProperties must contain vcpus");
    Require.framed(memory > 0, "containerProperties must contain memory");
    return new Shape(vcpus, memory, gpus);
  }

  /** The submission's strategy replaces the definition's as a whole. */
  static RetryStrategy retry(SubmitJobRequest request, JobDefinition definition) {
    return DefinitionDocuments.retry(
        request.retryStrategy() != null ? request.retryStrategy() : definition.retryStrategy());
  }

  /** Seconds per attempt, 0 for none; the submission's value replaces the definition's. */
  static int timeout(SubmitJobRequest request, JobDefinition definition) {
    return DefinitionDocuments.timeoutSeconds(
        request.timeout() != null ? request.timeout() : definition.timeout());
  }

  /** What an attempt takes of consumable resources; the submission's list replaces the other. */
  static List<Need> needs(SubmitJobRequest request, JobDefinition definition) {
    return request.consumableResourcePropertiesOverride() != null
        ? Needs.requested(request.consumableResourcePropertiesOverride())
        : Needs.of(definition.consumableResourceProperties());
  }

  /** Shares belong to queues with a policy, and there each job has one. */
  static void checkShare(SubmitJobRequest request, JobQueue queue) {
    String share = request.shareIdentifier();
    Integer priority = request.schedulingPriorityOverride();
    if (queue.schedulingPolicy() == null) {
      Require.that(
          share == null && priority == null,
          "Job with shareIdentifier or schedulingPriority can only be submitted to job queue with"
              + " fair share scheduling policy.");
      return;
    }
    Require.that(
        share != null && !share.isEmpty(),
        "shareIdentifier must be specified for a job queue with a scheduling policy.");
    Require.that(
        share != null && SHARE.matcher(share).matches(),
        "shareIdentifier must consist of 1 to 255 letters and digits.");
    Require.range("schedulingPriorityOverride", priority, 0, Quotas.SCHEDULING_PRIORITY_MAX);
  }

  /** The submission's priority, else the definition's; it counts inside a share only. */
  static int priority(SubmitJobRequest request, JobDefinition definition) {
    Integer own = request.schedulingPriorityOverride();
    Integer defined = definition.schedulingPriority();
    return own != null ? own : defined == null ? 0 : defined;
  }
}
