package dev.longshore.integration.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Somebody who listens for calls of the API on the bus, by a rule and a queue of their own. */
final class CallEvents implements AutoCloseable {
  private static final String NAME = "calls";
  private static final int TRIES = 12;

  private final SqsClient sqs;
  private final String queue;

  CallEvents(Emulator emulator) {
    this.sqs = emulator.client(SqsClient.builder());
    this.queue = sqs.createQueue(create -> create.queueName(NAME)).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                get -> get.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    try (EventBridgeClient bus = emulator.client(EventBridgeClient.builder())) {
      bus.putRule(rule ->
          rule.name(NAME)
              .eventPattern(
                  """
                  {"source":["longshore.batch"],"detail-type":["AWS API Call via CloudTrail"]}
                  """));
      bus.putTargets(put -> put.rule(NAME).targets(Target.builder().id("queue").arn(arn).build()));
    }
  }

  /** The next event, two minutes from now at the latest. */
  JsonNode next() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      List<Message> messages =
          sqs.receiveMessage(it -> it.queueUrl(queue).waitTimeSeconds(10)).messages();
      if (!messages.isEmpty()) {
        return new ObjectMapper().readTree(messages.getFirst().body());
      }
    }
    throw new AssertionError("no call was told of within two minutes");
  }

  @Override
  public void close() {
    sqs.close();
  }
}
