package dev.longshore.local.companion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogReader;
import dev.longshore.local.logs.LogStore;
import dev.longshore.wire.http.Caller;
import java.util.Optional;

/** The part of CloudWatch Logs with which clients read what jobs wrote. */
final class LogsService implements Companion {
  private final LogStore logs;
  private final LogLists lists;
  private final LogFilter filter;

  LogsService(LogStore logs) {
    this.logs = logs;
    this.lists = new LogLists(logs);
    this.filter = new LogFilter(logs, lists);
  }

  @Override
  public Reply answer(CompanionCall call, Caller caller) {
    return switch (call.operation()) {
      case "GetLogEvents" -> new Reply.Json(events(call));
      case "FilterLogEvents" -> new Reply.Json(filter.events(call));
      case "DescribeLogStreams" -> new Reply.Json(lists.streams(call, caller));
      case "DescribeLogGroups" -> new Reply.Json(lists.groups(call, caller));
      default -> throw CompanionFault.unknownOperation(call.operation());
    };
  }

  private ObjectNode events(CompanionCall call) {
    String group = lists.group(call);
    String stream =
        call.text("logStreamName")
            .orElseThrow(() -> CompanionFault.invalid("logStreamName is required."));
    Optional<LogReader> found = logs.read(new LogName(group, stream));
    if (found.isEmpty()) {
      throw new CompanionFault(
          "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    try (LogReader reader = found.get()) {
      return LogPages.page(call, reader);
    }
  }
}
