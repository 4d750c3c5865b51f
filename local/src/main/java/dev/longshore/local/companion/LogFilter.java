package dev.longshore.local.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.local.logs.LogLine;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogReader;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.logs.LogStore.StreamFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * FilterLogEvents: lines of several streams. Streams are read one after the other, by name; a page
 * is sorted by time. A token is the number of the stream, a colon, and the offset in it.
 */
final class LogFilter {
  private final LogStore logs;
  private final LogLists lists;

  LogFilter(LogStore logs, LogLists lists) {
    this.logs = logs;
    this.lists = lists;
  }

  private record Hit(LogName stream, LogLine line) {}

  private record Cursor(int stream, long offset) {
    static Cursor parse(String token) {
      int colon = token.indexOf(':');
      try {
        return new Cursor(
            Integer.parseInt(token.substring(0, Math.max(0, colon))),
            Long.parseLong(token.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw CompanionFault.invalid("The specified nextToken is invalid.");
      }
    }

    String token() {
      return stream + ":" + offset;
    }
  }

  ObjectNode events(CompanionCall call) {
    List<LogName> streams = streams(call);
    FilterPattern pattern = FilterPattern.parse(call.text("filterPattern").orElse(""));
    int limit = call.limit(LogPages.PAGE_LINES, LogPages.PAGE_LINES);
    Cursor cursor = call.text("nextToken").map(Cursor::parse).orElse(new Cursor(0, 0));
    List<Hit> hits = new ArrayList<>();
    Cursor next = cursor;
    while (next.stream < streams.size() && hits.size() < limit) {
      next = read(call, streams.get(next.stream), next, pattern, limit, hits);
    }
    hits.sort(Comparator.comparingLong(hit -> hit.line().time()));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode events = body.putArray("events");
    for (Hit hit : hits) {
      events
          .addObject()
          .put("logStreamName", hit.stream().stream())
          .put("timestamp", hit.line().time())
          .put("message", hit.line().text())
          .put("ingestionTime", hit.line().time())
          .put(
              "eventId",
              "%036d".formatted(hit.line().time()) + "%020d".formatted(hit.line().start()));
    }
    body.putArray("searchedLogStreams");
    if (next.stream < streams.size()) {
      body.put("nextToken", next.token());
    }
    return body;
  }

  private List<LogName> streams(CompanionCall call) {
    String group = lists.group(call);
    long start = call.number("startTime", 0);
    JsonNode names = call.input().path("logStreamNames");
    if (names.isArray() && !names.isEmpty()) {
      List<LogName> named = new ArrayList<>();
      names.forEach(name -> named.add(new LogName(group, name.asText())));
      return named;
    }
    return logs.streams(group, call.text("logStreamNamePrefix").orElse("")).stream()
        .filter(facts -> facts.bytes() > 0 && facts.writtenAt() >= start)
        .map(StreamFacts::name)
        .toList();
  }

  /** Adds the lines of one stream; says where to go on. */
  private Cursor read(
      CompanionCall call,
      LogName name,
      Cursor cursor,
      FilterPattern pattern,
      int limit,
      List<Hit> hits) {
    Optional<LogReader> found = logs.read(name);
    if (found.isEmpty()) {
      return new Cursor(cursor.stream + 1, 0);
    }
    try (LogReader reader = found.get()) {
      long from = Math.max(cursor.offset, reader.firstAt(call.number("startTime", 0)));
      long to = reader.firstAt(call.number("endTime", Long.MAX_VALUE));
      List<LogLine> lines = reader.forward(from, to, LogPages.PAGE_LINES, LogPages.PAGE_BYTES);
      for (LogLine line : lines) {
        if (hits.size() == limit) {
          return new Cursor(cursor.stream, line.start());
        }
        if (pattern.matches(line.text())) {
          hits.add(new Hit(name, line));
        }
      }
      return lines.isEmpty()
          ? new Cursor(cursor.stream + 1, 0)
          : new Cursor(cursor.stream, lines.getLast().end());
    }
  }
}
