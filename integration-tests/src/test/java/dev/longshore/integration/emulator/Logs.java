package dev.longshore.integration.emulator;

import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** What was logged. */
final class Logs implements AutoCloseable {
  private final CloudWatchLogsClient client;

  Logs(Emulator emulator) {
    this.client = emulator.client(CloudWatchLogsClient.builder());
  }

  /** Lines of the groups with this in their name. */
  List<String> lines(String part) {
    return client.describeLogGroupsPaginator().logGroups().stream()
        .map(LogGroup::logGroupName)
        .filter(name -> name.contains(part))
        .flatMap(name ->
            client.filterLogEventsPaginator(it -> it.logGroupName(name)).events().stream()
                .map(FilteredLogEvent::message))
        .toList();
  }

  /** Lines of one stream of one group. */
  List<String> lines(String group, String stream) {
    return client
        .getLogEvents(it -> it.logGroupName(group).logStreamName(stream).startFromHead(true))
        .events()
        .stream()
        .map(OutputLogEvent::message)
        .toList();
  }

  /** Writes a line as the gateway does, which this emulator's does not. */
  void write(String group, String line) {
    String stream = "gateway";
    InputLogEvent event =
        InputLogEvent.builder().timestamp(System.currentTimeMillis()).message(line).build();
    client.createLogStream(create -> create.logGroupName(group).logStreamName(stream));
    client.putLogEvents(put -> put.logGroupName(group).logStreamName(stream).logEvents(event));
  }

  @Override
  public void close() {
    client.close();
  }
}
