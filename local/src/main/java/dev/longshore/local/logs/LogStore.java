package dev.longshore.local.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All log streams. A job writes into its file without our help, so lines carry no time; instead
 * {@link #tick} looks at the files of running jobs and keeps how far each had come when. A line's
 * time is therefore late by {@link #TICK} at most, costs nothing while nothing is written, and
 * stays the same however often it is read.
 */
public final class LogStore {
  /** How often running jobs' files are looked at. */
  public static final Duration TICK = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);

  private final Path root;
  private final Map<LogName, LiveLog> live = new ConcurrentHashMap<>();

  /** Keeps the streams below {@code root}. */
  public LogStore(Path root) {
    this.root = root;
  }

  /**
   * What is known of a stream.
   *
   * @param name its name
   * @param createdAt epoch ms
   * @param writtenAt epoch ms of the last write
   * @param bytes size
   */
  public record StreamFacts(LogName name, long createdAt, long writtenAt, long bytes) {}

  /** Makes the stream, if it is not there, and expects lines until {@link #close}. */
  public Path open(LogName name) throws IOException {
    Path file = name.under(root);
    try {
      Files.createFile(file);
    } catch (NoSuchFileException noDirectory) {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (FileAlreadyExistsException resumed) {
      LOG.debug("{} is written on", file);
    }
    live.put(name, new LiveLog(file));
    return file;
  }

  /** Like {@link #open}, with an empty file in the place of an older one; known times stay. */
  public Path renew(LogName name) throws IOException {
    Files.deleteIfExists(name.under(root));
    return open(name);
  }

  /** Nothing is written to this stream any more. */
  public void close(LogName name) {
    LiveLog log = live.remove(name);
    if (log != null) {
      try {
        log.finish();
      } catch (IOException e) {
        LOG.warn("times of {} may be missing", log.file(), e);
      }
    }
  }

  /** Looks at the streams that are open. */
  public void tick() {
    for (LiveLog log : live.values()) {
      try {
        log.mark();
      } catch (IOException e) {
        LOG.warn("cannot look at {}", log.file(), e);
      }
    }
  }

  /** A reader of what the stream has now; empty when there is no such stream. */
  public Optional<LogReader> read(LogName name) {
    try {
      LiveLog log = live.get(name);
      if (log != null) {
        log.mark();
        return Optional.of(new LogReader(log.file(), log.marks(), false));
      }
      Path file = name.under(root);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      return Optional.of(new LogReader(file, LiveLog.finished(file), true));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All groups that ever had a stream, by name. */
  public List<String> groups() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(path -> LogName.decode(path.getFileName().toString())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Streams of a group whose names start so, by name. */
  public List<StreamFacts> streams(String group, String prefix) {
    Path directory = LogName.groupUnder(root, group);
    int slash = prefix.lastIndexOf('/');
    for (String part : slash < 0 ? new String[0] : prefix.substring(0, slash).split("/", -1)) {
      directory = directory.resolve(LogName.encode(part));
    }
    List<StreamFacts> found = new ArrayList<>();
    for (Path file : files(directory)) {
      LogName name = LogName.of(root, file);
      if (name.stream().startsWith(prefix)) {
        facts(name, file).ifPresent(found::add);
      }
    }
    found.sort((a, b) -> a.name().compareTo(b.name()));
    return found;
  }

  /** Deletes streams last written before {@code time}; says how many. */
  public int purge(long time) {
    int purged = 0;
    for (Path file : files(root)) {
      LogName name = LogName.of(root, file);
      Optional<StreamFacts> facts = facts(name, file);
      if (facts.isPresent() && facts.get().writtenAt() < time && !live.containsKey(name)) {
        try {
          Files.deleteIfExists(file);
          Files.deleteIfExists(LiveLog.marksOf(file));
          purged++;
        } catch (IOException e) {
          LOG.warn("cannot delete {}", file, e);
        }
      }
    }
    return purged;
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(path -> path.toString().endsWith(LogName.SUFFIX)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<StreamFacts> facts(LogName name, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new StreamFacts(
              name,
              attributes.creationTime().toMillis(),
              attributes.lastModifiedTime().toMillis(),
              attributes.size()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
