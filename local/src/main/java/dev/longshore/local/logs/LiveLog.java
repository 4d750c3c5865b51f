package dev.longshore.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A log file that a job writes to, and its marks. A file that got all of its bytes between two
 * looks has no marks file: its own time says the same.
 */
final class LiveLog {
  private static final String SUFFIX = ".marks";

  private final Path file;
  private final List<LogMark> marks;
  private int stored;

  LiveLog(Path file) throws IOException {
    this.file = file;
    this.marks = new ArrayList<>(stored(file));
    this.stored = marks.size();
  }

  Path file() {
    return file;
  }

  /** Looks whether something was written, and keeps when. */
  synchronized void mark() throws IOException {
    LogMark last = last(file);
    long before = marks.isEmpty() ? 0 : marks.getLast().offset();
    if (last.offset() > before) {
      // The time of the last write to the file is the truth even when the look came late.
      long notBefore = marks.isEmpty() ? 0 : marks.getLast().time();
      marks.add(new LogMark(last.offset(), Math.max(last.time(), notBefore)));
      store();
    }
  }

  /** Looks for the last time; nothing is written any more. */
  synchronized void finish() throws IOException {
    if (!marks.isEmpty()) {
      mark();
    }
  }

  synchronized List<LogMark> marks() {
    return List.copyOf(marks);
  }

  private void store() throws IOException {
    StringBuilder text = new StringBuilder();
    for (LogMark mark : marks.subList(stored, marks.size())) {
      text.append(mark.line());
    }
    Files.writeString(marksOf(file), text, UTF_8, CREATE, APPEND);
    stored = marks.size();
  }

  /** The marks of a file that nobody writes to any more. */
  static List<LogMark> finished(Path file) throws IOException {
    List<LogMark> marks = new ArrayList<>(stored(file));
    LogMark last = last(file);
    long before = marks.isEmpty() ? 0 : marks.getLast().offset();
    if (last.offset() > before) {
      marks.add(last);
    }
    return marks;
  }

  static Path marksOf(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  private static List<LogMark> stored(Path file) throws IOException {
    Path marks = marksOf(file);
    return Files.exists(marks) ? LogMark.parse(Files.readString(marks, UTF_8)) : List.of();
  }

  private static LogMark last(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new LogMark(attributes.size(), attributes.lastModifiedTime().toMillis());
  }
}
