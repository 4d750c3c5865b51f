package dev.longshore.wire.catalog;

import dev.longshore.core.model.JobDefinition;
import dev.longshore.wire.Arns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EvaluateOnExit;
import software.amazon.awssdk.services.batch.model.LinuxParameters;
import software.amazon.awssdk.services.batch.model.LogConfiguration;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.OrchestrationType;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.RetryStrategy;

/**
 * Revisions as clients see them: all that was registered, with empty lists where nothing was given
 * ({@code batch-semantics} 2.5). The older members {@code vcpus} and {@code memory} come back as
 * they were given: Terraform's acceptance tests against AWS show them so, beside an empty {@code
 * resourceRequirements}.
 */
final class DefinitionDetails {
  private DefinitionDetails() {}

  static software.amazon.awssdk.services.batch.model.JobDefinition of(
      JobDefinition definition, Arns arns) {
    RegisterJobDefinitionRequest registered = DefinitionDocuments.request(definition);
    return software.amazon.awssdk.services.batch.model.JobDefinition.builder()
        .jobDefinitionName(definition.id().name())
        .jobDefinitionArn(arns.definition(definition.id()))
        .revision(definition.id().revision())
        .status(definition.active() ? "ACTIVE" : "INACTIVE")
        .type(registered.typeAsString())
        .schedulingPriority(registered.schedulingPriority())
        .parameters(Map.copyOf(registered.parameters()))
        .retryStrategy(retry(registered.retryStrategy()))
        .containerProperties(container(registered.containerProperties()))
        .nodeProperties(nodes(registered.nodeProperties()))
        .ecsProperties(registered.ecsProperties())
        .consumableResourceProperties(registered.consumableResourceProperties())
        .timeout(registered.timeout())
        .tags(definition.tags())
        .propagateTags(registered.propagateTags())
        .platformCapabilitiesWithStrings(registered.platformCapabilitiesAsStrings())
        .containerOrchestrationType(OrchestrationType.ECS)
        .build();
  }

  /** The action is shown in lower case, as AWS documents and Terraform expects it. */
  private static @Nullable RetryStrategy retry(@Nullable RetryStrategy given) {
    if (given == null) {
      return null;
    }
    List<EvaluateOnExit> rules =
        given.evaluateOnExit().stream()
            .map(each ->
                each.toBuilder().action(each.actionAsString().toLowerCase(Locale.ROOT)).build())
            .toList();
    return given.toBuilder().evaluateOnExit(rules).build();
  }

  private static @Nullable NodeProperties nodes(@Nullable NodeProperties given) {
    if (given == null) {
      return null;
    }
    List<NodeRangeProperty> ranges =
        given.nodeRangeProperties().stream()
            .map(range -> range.toBuilder().container(container(range.container())).build())
            .toList();
    return given.toBuilder().nodeRangeProperties(ranges).build();
  }

  private static @Nullable ContainerProperties container(@Nullable ContainerProperties given) {
    if (given == null) {
      return null;
    }
    return given.toBuilder()
        .command(List.copyOf(given.command()))
        .environment(List.copyOf(given.environment()))
        .mountPoints(List.copyOf(given.mountPoints()))
        .volumes(List.copyOf(given.volumes()))
        .ulimits(List.copyOf(given.ulimits()))
        .resourceRequirements(List.copyOf(given.resourceRequirements()))
        .secrets(List.copyOf(given.secrets()))
        .linuxParameters(linux(given.linuxParameters()))
        .logConfiguration(log(given.logConfiguration()))
        .build();
  }

  private static @Nullable LinuxParameters linux(@Nullable LinuxParameters given) {
    return given == null
        ? null
        : given.toBuilder()
            .devices(List.copyOf(given.devices()))
            .tmpfs(List.copyOf(given.tmpfs()))
            .build();
  }

  private static @Nullable LogConfiguration log(@Nullable LogConfiguration given) {
    return given == null
        ? null
        : given.toBuilder()
            .options(Map.copyOf(given.options()))
            .secretOptions(List.copyOf(given.secretOptions()))
            .build();
  }
}
