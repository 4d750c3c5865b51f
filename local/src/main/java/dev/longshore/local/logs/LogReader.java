package dev.longshore.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads lines of one log file as it was when the reader was made. Lines have no times before its
 * first mark; empty lines are left out, as CloudWatch Logs has no empty events; a line longer than
 * {@link #LINE} bytes is read as several, as CloudWatch Logs limits an event.
 */
public final class LogReader implements AutoCloseable {
  /** Bytes of an event at most. */
  static final int LINE = 262_118;

  private static final int CHUNK = 64 * 1024;
  private static final byte LINE_FEED = '\n';

  private final FileChannel channel;
  private final List<LogMark> marks;
  private final long end;

  /**
   * Opens a file.
   *
   * @param marks by offset; the last one covers the whole file
   * @param complete whether what comes after the last line feed is a line, too
   */
  LogReader(Path file, List<LogMark> marks, boolean complete) throws IOException {
    this.channel = FileChannel.open(file);
    this.marks = marks;
    long covered = marks.isEmpty() ? 0 : marks.getLast().offset();
    this.end = complete ? covered : lineStart(covered);
  }

  /** Offset after the last line that can be read now. */
  public long end() {
    return end;
  }

  /**
   * Offset of the first line whose time is {@code time} or later; {@link #end} if there is none.
   */
  public long firstAt(long time) {
    long before = 0;
    for (LogMark mark : marks) {
      if (mark.time() >= time) {
        return Math.min(lineStart(before), end);
      }
      before = mark.offset();
    }
    return end;
  }

  /**
   * Lines from {@code from} on, oldest first.
   *
   * @param from start of a line
   * @param until no line that starts here or later
   * @param limit lines at most
   * @param bytes stop after so many, but never before the first line
   */
  public List<LogLine> forward(long from, long until, int limit, int bytes) {
    List<LogLine> lines = new ArrayList<>();
    long stop = Math.min(until, end);
    long at = from;
    while (at < stop && lines.size() < limit && (lines.isEmpty() || at - from < bytes)) {
      byte[] chunk = read(at, (int) Math.min(LINE, end - at));
      int used = 0;
      for (int i = 0; i < chunk.length && at + used < stop && lines.size() < limit; i++) {
        if (chunk[i] == LINE_FEED) {
          add(lines, at, chunk, used, i, i + 1);
          used = i + 1;
        }
      }
      if (used == 0 || (at + chunk.length == end && at + used < stop && lines.size() < limit)) {
        add(lines, at, chunk, used, chunk.length, chunk.length);
        used = chunk.length;
      }
      at += used;
    }
    return lines;
  }

  /** The last {@code limit} lines before {@code to} and not before {@code from}, oldest first. */
  public List<LogLine> backward(long from, long to, int limit, int bytes) {
    List<LogLine> lines = new ArrayList<>();
    long at = Math.min(to, end);
    while (at > from && lines.size() < limit && Math.min(to, end) - at < bytes) {
      long start = Math.max(from, lineStart(Math.max(from, at - CHUNK)));
      List<LogLine> part = forward(start, at, Integer.MAX_VALUE, Integer.MAX_VALUE);
      for (int i = part.size() - 1; i >= 0 && lines.size() < limit; i--) {
        lines.add(part.get(i));
      }
      at = start;
    }
    Collections.reverse(lines);
    return lines;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(List<LogLine> lines, long at, byte[] chunk, int from, int to, int next) {
    if (to > from) {
      long lineEnd = at + next;
      String text = new String(chunk, from, to - from, UTF_8);
      lines.add(new LogLine(at + from, lineEnd, timeOf(lineEnd), text));
    }
  }

  private long timeOf(long lineEnd) {
    int low = 0;
    int high = marks.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (marks.get(middle).offset() >= lineEnd) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return marks.get(low).time();
  }

  /** The last offset up to {@code offset} at which a line starts; looks back one line at most. */
  private long lineStart(long offset) {
    long at = offset;
    while (at > 0 && offset - at < LINE) {
      long from = Math.max(0, at - CHUNK);
      byte[] chunk = read(from, (int) (at - from));
      for (int i = chunk.length - 1; i >= 0; i--) {
        if (chunk[i] == LINE_FEED) {
          return from + i + 1;
        }
      }
      at = from;
    }
    return at;
  }

  private byte[] read(long from, int length) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      int more = 1;
      while (buffer.hasRemaining() && more > 0) {
        more = channel.read(buffer, from + buffer.position());
      }
      byte[] bytes = new byte[buffer.position()];
      buffer.flip().get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
