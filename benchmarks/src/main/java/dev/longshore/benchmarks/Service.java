package dev.longshore.benchmarks;

import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.core.model.Shape;
import dev.longshore.local.LocalService;
import dev.longshore.local.LocalSettings;
import dev.longshore.local.demo.Clients;
import dev.longshore.local.demo.Poll;
import dev.longshore.local.hosts.LocalTypes;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.CEStatus;
import software.amazon.awssdk.services.batch.model.CEType;
import software.amazon.awssdk.services.batch.model.CRType;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;

/** A fresh service in this virtual machine that runs jobs as processes, with clients. */
final class Service implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final LocalService service;
  private final Clients clients;
  private final String queue;

  private Service(LocalService service, String queue) {
    this.service = service;
    this.clients = Clients.of(service.address());
    this.queue = queue;
  }

  /** The service as it is without any options. */
  static Service start() throws IOException, InterruptedException {
    return new Service(LocalService.start(LocalSettings.throwaway()), "default");
  }

  /** One job at a time. */
  static Service withOneVcpu() throws IOException, InterruptedException {
    LocalSettings settings = LocalSettings.throwaway();
    Shape one = new Shape(1, settings.total().memoryMib(), 0);
    return new Service(LocalService.start(settings.withTotal(one)), "default");
  }

  /** One host that is as large as all hosts together may be. */
  static Service withOneHost() throws IOException, InterruptedException {
    LocalSettings settings = LocalSettings.throwaway();
    Service service = new Service(LocalService.start(settings), "one-host");
    service.createQueue(settings.total());
    return service;
  }

  private void createQueue(Shape total) throws InterruptedException {
    BatchClient batch = clients.batch();
    String largest = LocalTypes.large(total).getLast();
    batch.createComputeEnvironment(environment ->
        environment
            .computeEnvironmentName(queue)
            .type(CEType.MANAGED)
            .computeResources(resources ->
                resources
                    .type(CRType.EC2)
                    .minvCpus(0)
                    .maxvCpus(total.vcpus())
                    .instanceTypes(largest)
                    .instanceRole("local")
                    .subnets("subnet-local")
                    .securityGroupIds("sg-local")));
    Poll.until(
        "the environment is VALID",
        LIMIT,
        LOOK_EVERY,
        () ->
            batch
                    .describeComputeEnvironments(it -> it.computeEnvironments(queue))
                    .computeEnvironments()
                    .getFirst()
                    .status()
                == CEStatus.VALID);
    batch.createJobQueue(it ->
        it.jobQueueName(queue)
            .priority(1)
            .computeEnvironmentOrder(
                ComputeEnvironmentOrder.builder().order(1).computeEnvironment(queue).build()));
  }

  Jobs jobs() {
    return new Jobs(clients.batch(), queue);
  }

  WriteUnits units() {
    return service.units();
  }

  @Override
  public void close() {
    clients.close();
    service.close();
  }
}
