package dev.longshore.integration.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long invocations of each function took and how much they logged, as their logs say. */
final class Durations {
  private static final Pattern REPORT = Pattern.compile("\\bDuration: ([0-9.]+) ms");

  private record Times(List<Double> millis, long bytes) {
    double median() {
      return millis.stream().sorted().toList().get(millis.size() / 2);
    }
  }

  private final Map<String, Times> functions = new TreeMap<>();

  /** Reads the logs of these functions. */
  static Durations of(Logs logs, List<String> functions) {
    Durations durations = new Durations();
    for (String function : functions) {
      List<Double> millis = new ArrayList<>();
      long bytes = 0;
      for (String line : logs.lines(function + "Log")) {
        bytes += line.length();
        Matcher report = REPORT.matcher(line);
        if (line.startsWith("REPORT") && report.find()) {
          millis.add(Double.valueOf(report.group(1)));
        }
      }
      if (!millis.isEmpty()) {
        durations.functions.put(function, new Times(millis, bytes));
      }
    }
    return durations;
  }

  /** The functions that were invoked. */
  List<String> invoked() {
    return List.copyOf(functions.keySet());
  }

  /** One line for each function. */
  List<String> lines() {
    return functions.entrySet().stream()
        .map(each ->
            String.format(
                Locale.ROOT,
                "%s: %d invocations, median %.0f ms, %d bytes of log each",
                each.getKey(),
                each.getValue().millis().size(),
                each.getValue().median(),
                each.getValue().bytes() / each.getValue().millis().size()))
        .toList();
  }
}
