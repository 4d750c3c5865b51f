package dev.longshore.local.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where the stream has been published, kept in a file: events, unlike all else that follows
 * from a record, cannot be found out from what is stored ({@code data-model} 11).
 */
public final class StreamPlace {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPlace.class);
  private static final int SHARDS = 8;

  private final @Nullable Path file;
  private final Map<String, String> numbers = new LinkedHashMap<>();

  /** In this file; null to begin anew with each start. */
  public StreamPlace(@Nullable Path file) {
    this.file = file;
    if (file != null && Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          int blank = line.indexOf(' ');
          numbers.put(line.substring(0, blank), line.substring(blank + 1));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** False when each start begins anew. */
  boolean isKept() {
    return file != null;
  }

  /** Number of the last record published of each shard, the newest shard last. */
  Map<String, String> numbers() {
    return Map.copyOf(numbers);
  }

  /** All of the shard up to this record is published. */
  void reached(String shard, String number) {
    if (file == null) {
      return;
    }
    numbers.remove(shard);
    numbers.put(shard, number);
    if (numbers.size() > SHARDS) {
      numbers.remove(numbers.keySet().iterator().next());
    }
    List<String> lines = new ArrayList<>();
    numbers.forEach((name, last) -> lines.add(name + " " + last));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // The next record notes it again; until then a restart repeats a few events.
      LOG.warn("cannot note what is published in {}", file, e);
    }
  }
}
