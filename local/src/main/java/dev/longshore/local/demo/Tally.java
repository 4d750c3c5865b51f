package dev.longshore.local.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in all files together.
 *
 * @param checksum of one line per file with its checksum, bytes, lines, words and path, sorted
 */
record Tally(long files, long lines, long words, long bytes, long checksum) {
  private static final Pattern TEXT =
      Pattern.compile("files=(\\d+) lines=(\\d+) words=(\\d+) bytes=(\\d+) checksum=(\\d+)");

  /** Reads the line that the join prints; empty when it is another line. */
  static Optional<Tally> parse(String line) {
    Matcher found = TEXT.matcher(line);
    return found.matches()
        ? Optional.of(
            new Tally(
                Long.parseLong(found.group(1)),
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)),
                Long.parseLong(found.group(5))))
        : Optional.empty();
  }

  /** For people. */
  String describe() {
    return "%,d files, %,d lines, %,d words, %,d bytes, checksum %d"
        .formatted(files, lines, words, bytes, checksum);
  }
}
