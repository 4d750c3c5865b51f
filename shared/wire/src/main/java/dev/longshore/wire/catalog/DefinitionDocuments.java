package dev.longshore.wire.catalog;

import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.validation.ContainerRules;
import dev.longshore.core.validation.RetryRules;
import dev.longshore.wire.codec.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.EvaluateOnExit;
import software.amazon.awssdk.services.batch.model.JobTimeout;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;

/**
 * What was registered, as {@link JobDefinition#document()} keeps it: the request itself in the
 * codec's JSON, without tags, which change later. And what its parts mean.
 */
public final class DefinitionDocuments {
  static final String VCPU = "VCPU";
  static final String MEMORY = "MEMORY";

  private DefinitionDocuments() {}

  /** The document of a request. */
  static String write(RegisterJobDefinitionRequest request) {
    return WireJson.write(request.toBuilder().tags((Map<String, String>) null).build());
  }

  /** What was registered; its name is there, its tags are not. */
  public static RegisterJobDefinitionRequest request(JobDefinition definition) {
    return WireJson.read(definition.document(), RegisterJobDefinitionRequest.builder());
  }

  /** Amounts by type in upper case. */
  static Map<String, Integer> resources(List<ResourceRequirement> requirements) {
    Map<String, Integer> amounts = new TreeMap<>();
    for (ResourceRequirement each : requirements) {
      int amount = ContainerRules.amount(each.typeAsString(), each.value());
      amounts.put(each.typeAsString().toUpperCase(Locale.ROOT), amount);
    }
    return amounts;
  }

  /**
   * A retry strategy of a definition or submission in the core's terms; one attempt when there is
   * none.
   *
   * @throws dev.longshore.core.validation.ClientFault when it breaks a rule
   */
  public static RetryStrategy retry(
      software.amazon.awssdk.services.batch.model.@Nullable RetryStrategy strategy) {
    if (strategy == null) {
      return RetryStrategy.ONCE;
    }
    List<ExitRule> rules = new ArrayList<>();
    for (EvaluateOnExit each : strategy.evaluateOnExit()) {
      rules.add(
          RetryRules.rule(
              each.onStatusReason(), each.onReason(), each.onExitCode(), each.actionAsString()));
    }
    return RetryRules.strategy(strategy.attempts(), rules);
  }

  /**
   * Seconds per attempt, 0 for no timeout.
   *
   * @throws dev.longshore.core.validation.ClientFault when it is too short
   */
  public static int timeoutSeconds(@Nullable JobTimeout timeout) {
    Integer seconds = timeout == null ? null : timeout.attemptDurationSeconds();
    ContainerRules.checkTimeout(seconds);
    return seconds == null ? 0 : seconds;
  }
}
