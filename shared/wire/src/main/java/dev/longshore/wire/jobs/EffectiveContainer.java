package dev.longshore.wire.jobs;

import dev.longshore.core.model.Shape;
import dev.longshore.core.validation.ClientFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;

/**
 * What a job's container really gets: its definition with the overrides of its submission merged in
 * and the placeholders of the command filled ({@code batch-semantics} 12.2, 12.3).
 *
 * @param properties all of it; vCPUs and memory are in the resource requirements only
 * @param parameters those of the definition, overlaid by submitted ones
 */
public record EffectiveContainer(ContainerProperties properties, Map<String, String> parameters) {
  public EffectiveContainer {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Merges overrides into a defined container.
   *
   * @throws ClientFault when none is defined, or a placeholder has no value
   */
  @SuppressWarnings("deprecation") // vcpus and memory: cleared, for their successors hold them
  static EffectiveContainer of(
      @Nullable ContainerProperties defined,
      @Nullable ContainerOverrides given,
      Parameters parameters) {
    if (defined == null) {
      throw new ClientFault("The job definition has no containerProperties.");
    }
    ContainerOverrides overrides = given == null ? ContainerOverrides.builder().build() : given;
    // An empty list is what some clients send for nothing.
    List<String> command = overrides.command().isEmpty() ? defined.command() : overrides.command();
    ContainerProperties merged =
        defined.toBuilder()
            .command(parameters.fill(command))
            .environment(environment(defined.environment(), overrides.environment()))
            .resourceRequirements(resources(defined, overrides))
            .vcpus(null)
            .memory(null)
            .build();
    return new EffectiveContainer(merged, parameters.values());
  }

  /** What it asks for. */
  public Shape shape() {
    return SubmissionRules.shape(properties.resourceRequirements());
  }

  /** Variables that the user set, in order. What the service adds is {@link JobEnvironment}. */
  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (KeyValuePair pair : properties.environment()) {
      variables.put(pair.name(), pair.value() == null ? "" : pair.value());
    }
    return variables;
  }

  /** By name: an override wins in its place, new ones come behind. */
  private static List<KeyValuePair> environment(
      List<KeyValuePair> defined, List<KeyValuePair> overrides) {
    Map<String, KeyValuePair> merged = new LinkedHashMap<>();
    defined.forEach(pair -> merged.put(pair.name(), pair));
    overrides.forEach(pair -> merged.put(pair.name(), pair));
    return new ArrayList<>(merged.values());
  }

  /**
   * By type: an override wins. The deprecated members count where the definition says nothing in
   * the new one.
   */
  @SuppressWarnings("deprecation") // vcpus and memory: clients still send them
  private static List<ResourceRequirement> resources(
      ContainerProperties defined, ContainerOverrides overrides) {
    Map<String, String> amounts = new LinkedHashMap<>();
    defined.resourceRequirements().forEach(one -> amounts.put(one.typeAsString(), one.value()));
    putOld(amounts, "VCPU", overrides.vcpus(), defined.vcpus());
    putOld(amounts, "MEMORY", overrides.memory(), defined.memory());
    overrides.resourceRequirements().forEach(one -> amounts.put(one.typeAsString(), one.value()));
    List<ResourceRequirement> merged = new ArrayList<>();
    amounts.forEach(
        (type, value) -> merged.add(ResourceRequirement.builder().type(type).value(value).build()));
    return merged;
  }

  private static void putOld(
      Map<String, String> amounts,
      String type,
      @Nullable Integer override,
      @Nullable Integer defined) {
    Integer amount = override != null ? override : defined;
    if (amount != null) {
      amounts.putIfAbsent(type, amount.toString());
    }
  }
}
