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
    checkContent(request);
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
    for (PlatformCapability each : request.platformCapabilities()) {
      Require.that(
          each == PlatformCapability.EC2,
          "platformCapabilities %s is not supported; supported is EC2.".formatted(each));
    }
  }

  /** Exactly one block of properties, the one that the type is for. */
  private static void checkContent(RegisterJobDefinitionRequest request) {
    boolean multiNode = request.type() == JobDefinitionType.MULTINODE;
    boolean container = request.containerProperties() != null;
    boolean ecs = request.ecsProperties() != null;
    if (multiNode) {
      Require.that(
          !container && !ecs,
          "Only nodeProperties is allowed for job definitions of type multinode.");
      NodeChecks.check(Require.present("nodeProperties", request.nodeProperties()));
      return;
    }
    Require.that(
        request.nodeProperties() == null,
        "nodeProperties is only allowed for job definitions of type multinode.");
    Require.that(
        !(container && ecs), "Only one of containerProperties and ecsProperties is allowed.");
    if (ecs) {
      EcsChecks.check(request.ecsProperties());
    } else {
      ContainerChecks.check(Require.present("containerProperties", request.containerProperties()));
    }
  }
}
