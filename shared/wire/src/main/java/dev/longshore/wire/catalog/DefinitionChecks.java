package dev.longshore.wire.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;

/** What may be registered ({@code batch-semantics} 2.5). */
final class DefinitionChecks {
  private DefinitionChecks() {}

  /**
   * Refuses what breaks a rule or is not supported.
   *
   * @throws ClientFault when it does
   */
  static void check(RegisterJobDefinitionRequest request) {
    Require.text("type", request.typeAsString());
    checkKind(request);
    Require.range(
        "schedulingPriority", request.schedulingPriority(), 0, Quotas.SCHEDULING_PRIORITY_MAX);
    ContainerChecks.check(Require.present("containerProperties", request.containerProperties()));
    DefinitionDocuments.retry(request.retryStrategy());
    DefinitionDocuments.timeoutSeconds(request.timeout());
    int size = DefinitionDocuments.write(request).getBytes(UTF_8).length;
    Require.that(
        size <= Quotas.JOB_DEFINITION_BYTES,
        "A job definition can have at most %d bytes, not %d."
            .formatted(Quotas.JOB_DEFINITION_BYTES, size));
  }

  private static void checkKind(RegisterJobDefinitionRequest request) {
    Require.that(
        request.eksProperties() == null,
        "eksProperties is not supported; use containerProperties.");
    Require.that(
        request.ecsProperties() == null,
        "ecsProperties is not supported yet; use containerProperties.");
    Require.that(
        request.type() != JobDefinitionType.MULTINODE && request.nodeProperties() == null,
        "Multi-node parallel jobs (type multinode, nodeProperties) are not supported yet; use type"
            + " container with containerProperties.");
    for (PlatformCapability each : request.platformCapabilities()) {
      Require.that(
          each == PlatformCapability.EC2,
          "platformCapabilities %s is not supported; supported is EC2.".formatted(each));
    }
    Require.that(
        request.consumableResourceProperties() == null
            || request.consumableResourceProperties().consumableResourceList().isEmpty(),
        "consumableResourceProperties is not supported yet.");
  }
}
