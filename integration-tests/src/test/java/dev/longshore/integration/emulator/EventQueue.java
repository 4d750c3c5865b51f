package dev.longshore.integration.emulator;

import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of the deployed stack that events of ECS and EC2 come by. */
final class EventQueue implements AutoCloseable {
  private final SqsClient sqs;
  private final String url;

  EventQueue(Emulator emulator) {
    this.sqs = emulator.client(SqsClient.builder());
    this.url =
        sqs.listQueues().queueUrls().stream()
            .filter(each -> each.contains("TaskEvents") && !each.contains("Failures"))
            .findFirst()
            .orElseThrow();
  }

  /**
   * EventBridge takes events of AWS's services from nobody else, so they go in behind its rules.
   */
  void put(String event) {
    sqs.sendMessage(message -> message.queueUrl(url).messageBody(event));
  }

  @Override
  public void close() {
    sqs.close();
  }
}
