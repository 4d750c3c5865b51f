package dev.longshore.local;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.functions.ApiHandler;
import dev.longshore.local.hosts.LocalTypes;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a compute environment, a queue and a job definition, each named {@code default}, in an
 * empty catalog, so that one submit-job works at once. It calls the API as a client would.
 */
final class FirstStart {
  static final String NAME = "default";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ApiHandler api;
  private final CatalogStore catalog;

  FirstStart(ApiHandler api, CatalogStore catalog) {
    this.api = api;
    this.catalog = catalog;
  }

  /** Makes them, unless there is any resource already; true when it did. */
  boolean run(Shape total) throws InterruptedException {
    boolean empty =
        catalog.environments().isEmpty()
            && catalog.queues().isEmpty()
            && catalog.definitions(null, 1).isEmpty();
    if (!empty) {
      return false;
    }
    post("createcomputeenvironment", environment(total));
    awaitEnvironment();
    post(
        "createjobqueue",
        """
        {"jobQueueName": "default", "priority": 1,
         "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "default"}]}\
        """);
    post(
        "registerjobdefinition",
        """
        {"jobDefinitionName": "default", "type": "container", "containerProperties": {
          "image": "public.ecr.aws/docker/library/busybox:latest",
          "command": ["echo", "hello from longshore"],
          "resourceRequirements": [
            {"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "128"}]}}\
        """);
    return true;
  }

  private static String environment(Shape total) {
    String types =
        LocalTypes.large(total).stream().collect(Collectors.joining("\",\"", "\"", "\""));
    return """
    {"computeEnvironmentName": "default", "type": "MANAGED", "computeResources": {
      "type": "EC2", "allocationStrategy": "BEST_FIT_PROGRESSIVE",
      "minvCpus": 0, "maxvCpus": %d, "instanceTypes": [%s], "instanceRole": "local",
      "subnets": ["subnet-local"], "securityGroupIds": ["sg-local"]}}\
    """
        .formatted(total.vcpus(), types);
  }

  private void awaitEnvironment() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (catalog.environment(NAME).filter(it -> it.status() == ResourceStatus.VALID).isEmpty()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("the default compute environment does not become VALID");
      }
      Thread.sleep(Duration.ofMillis(2));
    }
  }

  private void post(String operation, String body) {
    RequestContext.Http http =
        RequestContext.Http.builder().withMethod("POST").withSourceIp("").build();
    APIGatewayV2HTTPResponse answer =
        api.handleRequest(
            APIGatewayV2HTTPEvent.builder()
                .withRawPath("/v1/" + operation)
                .withRawQueryString("")
                .withHeaders(Map.of("content-type", "application/json"))
                .withBody(body)
                .withRequestContext(RequestContext.builder().withHttp(http).build())
                .build(),
            NoContext.IT);
    if (answer.getStatusCode() != 200) {
      throw new IllegalStateException(operation + " was refused: " + answer.getBody());
    }
  }
}
