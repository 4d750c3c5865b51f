package dev.longshore.local.companion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.local.logs.LogLine;
import dev.longshore.local.logs.LogReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages of GetLogEvents. A token says a direction and an offset; at either end it repeats, as
 * clients that follow a stream rely on.
 */
final class LogPages {
  /** Bytes of a page; AWS's limit is 1 MB. */
  static final int PAGE_BYTES = 1_000_000;

  static final int PAGE_LINES = 10_000;

  private static final Pattern TOKEN = Pattern.compile("([fb])/(\\d{1,56})/s");

  private LogPages() {}

  /** Where a page starts, and in which direction it goes. */
  private record Cursor(boolean forward, long offset) {
    String token() {
      return "%s/%056d/s".formatted(forward ? "f" : "b", offset);
    }
  }

  static ObjectNode page(CompanionCall call, LogReader reader) {
    int limit = call.limit(PAGE_LINES, PAGE_LINES);
    long start = call.number("startTime", 0);
    long end = call.number("endTime", Long.MAX_VALUE);
    long from = reader.firstAt(start);
    long to = Math.max(from, reader.firstAt(end));
    Cursor cursor =
        call.text("nextToken")
            .map(LogPages::cursor)
            .orElseGet(() ->
                call.input().path("startFromHead").asBoolean()
                    ? new Cursor(true, from)
                    : new Cursor(false, to));
    List<LogLine> lines =
        cursor.forward
            ? reader.forward(Math.max(from, cursor.offset), to, limit, PAGE_BYTES)
            : reader.backward(from, Math.min(to, cursor.offset), limit, PAGE_BYTES);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode events = body.putArray("events");
    for (LogLine line : lines) {
      events
          .addObject()
          .put("timestamp", line.time())
          .put("message", line.text())
          .put("ingestionTime", line.time());
    }
    long first = lines.isEmpty() ? cursor.offset : lines.getFirst().start();
    long last = lines.isEmpty() ? cursor.offset : lines.getLast().end();
    body.put("nextForwardToken", new Cursor(true, last).token());
    body.put("nextBackwardToken", new Cursor(false, first).token());
    return body;
  }

  private static Cursor cursor(String token) {
    Matcher parts = TOKEN.matcher(token);
    try {
      if (parts.matches()) {
        return new Cursor(parts.group(1).equals("f"), Long.parseLong(parts.group(2)));
      }
    } catch (NumberFormatException tooLarge) {
      return refuse();
    }
    return refuse();
  }

  private static Cursor refuse() {
    throw CompanionFault.invalid("The specified nextToken is invalid.");
  }
}
