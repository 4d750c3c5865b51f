package dev.longshore.integration.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The requests that fakecloud had, as its log tells of them. */
final class Requests {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern REQUEST =
      Pattern.compile("^(\\S+) +INFO .*handling request service=(\\S+) action=(\\S+)");

  private final Path log;

  Requests(Path log) {
    this.log = log;
  }

  /**
   * A request.
   *
   * @param what service and action
   */
  record Request(Instant at, String what) {
    private static final Pattern READ = Pattern.compile(":(Get|BatchGet|Query|Describe|List)");

    boolean isRead() {
      return READ.matcher(what).find();
    }
  }

  /** The way from a moment to the first request of a kind after it, two minutes at the latest. */
  Way way(Instant from, String to) throws IOException, InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (System.nanoTime() < end) {
      List<Request> since = all().stream().filter(it -> !it.at().isBefore(from)).toList();
      for (int i = 0; i < since.size(); i++) {
        if (since.get(i).what().equals(to)) {
          return new Way(from, since.subList(0, i + 1));
        }
      }
      Thread.sleep(250);
    }
    throw new AssertionError("no " + to + " two minutes after " + from);
  }

  private List<Request> all() throws IOException {
    try (var lines = Files.lines(log)) {
      return lines
          .map(line -> REQUEST.matcher(COLOURS.matcher(line).replaceAll("")))
          .filter(Matcher::find)
          .map(it -> new Request(Instant.parse(it.group(1)), it.group(2) + ":" + it.group(3)))
          // The test's own, while it waits for events.
          .filter(it -> !it.what().equals("sqs:ReceiveMessage"))
          .toList();
    }
  }

  /** What was asked on the way from one moment to a request, that one included. */
  record Way(Instant from, List<Request> requests) {
    Way {
      requests = List.copyOf(requests);
    }

    long millis() {
      return requests.getLast().at().toEpochMilli() - from.toEpochMilli();
    }

    /** What was sent, started or changed, and how many milliseconds after the beginning. */
    String steps() {
      return requests.stream()
          .filter(it -> !it.isRead())
          .map(it -> "+%d %s".formatted(Duration.between(from, it.at()).toMillis(), it.what()))
          .collect(Collectors.joining(", "));
    }

    /**
     * Functions that came after one another: the first by the stream, each other one by a queue.
     */
    long hops() {
      return 1 + requests.stream().filter(it -> it.what().startsWith("sqs:SendMessage")).count();
    }

    /** How often each was asked. */
    String counted() {
      Map<String, Long> counts =
          requests.stream()
              .collect(Collectors.groupingBy(Request::what, TreeMap::new, Collectors.counting()));
      return counts.entrySet().stream()
          .map(it -> it.getValue() + " " + it.getKey())
          .collect(Collectors.joining(", "));
    }
  }
}
