package dev.longshore.integration.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import dev.longshore.local.events.EcsEvents;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Completes what fakecloud reports of ECS. The stack's own rule and queue deliver its events too,
 * but they do not say whose task it is, so the service leaves them out. Here they are taken from a
 * second rule, completed with what DescribeTasks says, and passed on.
 */
final class TaskReports implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLED = 137;
  private static final String NAME = "completed-reports";

  private final EcsClient ecs;
  private final SqsClient sqs;
  private final EventQueue queue;
  private final String own;
  private final Map<String, String> instances = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::pass, NAME);
  private volatile boolean over;

  TaskReports(Emulator emulator) {
    this.ecs = emulator.client(EcsClient.builder());
    this.sqs = emulator.client(SqsClient.builder());
    this.queue = new EventQueue(emulator);
    this.own = sqs.createQueue(create -> create.queueName(NAME)).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                get -> get.queueUrl(own).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    try (EventBridgeClient bus = emulator.client(EventBridgeClient.builder())) {
      bus.putRule(rule ->
          rule.name(NAME)
              .eventPattern(
                  """
                  {"source":["aws.ecs"],"detail-type":["ECS Task State Change"]}
                  """));
      bus.putTargets(put -> put.rule(NAME).targets(Target.builder().id("queue").arn(arn).build()));
    }
    thread.start();
  }

  /** Registers an instance with the cluster of this environment, which ECS then reports. */
  void register(String environment, Shape shape) {
    String cluster = ComputeEnvironment.clusterOf(environment);
    String instance = "i-0123456789abcdef0";
    String arn =
        ecs.registerContainerInstance(it ->
                it.cluster(cluster)
                    .instanceIdentityDocument("{\"instanceId\":\"" + instance + "\"}")
                    .totalResources(
                        resource("CPU", shape.vcpus() * 1024),
                        resource("MEMORY", shape.memoryMib())))
            .containerInstance()
            .containerInstanceArn();
    instances.put(cluster, arn);
    // fakecloud sends no event of a container instance.
    queue.put(
        EcsEvents.hostActive(new HostId(environment, instance), lastPart(arn), "m5.large", shape));
  }

  private static Resource resource(String name, int value) {
    return Resource.builder().name(name).type("INTEGER").integerValue(value).build();
  }

  private void pass() {
    while (!over) {
      for (Message message :
          sqs.receiveMessage(it -> it.queueUrl(own).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages()) {
        completed(message.body()).ifPresent(queue::put);
        sqs.deleteMessage(it -> it.queueUrl(own).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private Optional<String> completed(String body) {
    try {
      JsonNode event = JSON.readTree(body);
      ObjectNode detail = (ObjectNode) event.path("detail");
      String cluster = lastPart(detail.path("clusterArn").asText());
      Task task =
          ecs.describeTasks(it -> it.cluster(cluster).tasks(detail.path("taskArn").asText()))
              .tasks()
              .getFirst();
      // The event has none of these four.
      detail.put("startedBy", task.startedBy());
      put(detail, "startedAt", task.startedAt());
      put(detail, "stoppedAt", task.stoppedAt());
      if (detail.at("/containers/0/exitCode").asInt() == KILLED) {
        // By StopTask alone; the emulator takes the container's exit for the cause.
        detail.put("stopCode", "UserInitiated");
      }
      // Nor has the task this one: the pin to an instance is not understood.
      detail.put("containerInstanceArn", instances.get(cluster));
      return Optional.of(event.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body, e);
    }
  }

  private static void put(ObjectNode detail, String name, @Nullable Instant time) {
    if (time != null) {
      detail.put(name, time.toString());
    }
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ecs.close();
    sqs.close();
    queue.close();
  }
}
