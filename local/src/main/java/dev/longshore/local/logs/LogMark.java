package dev.longshore.local.logs;

import java.util.ArrayList;
import java.util.List;

/**
 * All bytes of a log file before {@code offset} were written at {@code time} or earlier.
 *
 * @param offset in bytes
 * @param time epoch ms
 */
record LogMark(long offset, long time) {

  /** One line of a marks file. */
  String line() {
    return offset + " " + time + "\n";
  }

  /** Reads a marks file; a last line that was cut off is left out. */
  static List<LogMark> parse(String text) {
    List<LogMark> marks = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      String line = text.substring(from, end);
      int blank = line.indexOf(' ');
      marks.add(
          new LogMark(
              Long.parseLong(line.substring(0, blank)), Long.parseLong(line.substring(blank + 1))));
      from = end + 1;
    }
    return marks;
  }
}
