package dev.longshore.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The directory of a service: its user's, which is kept, or one that goes with it. */
final class Workspace implements AutoCloseable {
  private final Path directory;
  private final boolean kept;
  private final FileChannel lockFile;

  private Workspace(Path directory, boolean kept, FileChannel lockFile) {
    this.directory = directory;
    this.kept = kept;
    this.lockFile = lockFile;
  }

  /** Another service uses the directory. */
  static final class InUseException extends IOException {
    private static final long serialVersionUID = 1L;

    InUseException(Path directory) {
      super(directory + " is in use by another longshore.");
    }
  }

  /**
   * Opens a directory, or makes a fresh one when there is none to keep.
   *
   * @throws InUseException when another service has it open
   */
  static Workspace open(@Nullable Path data) throws IOException {
    Path directory =
        data == null
            ? Files.createTempDirectory("longshore-")
            : Files.createDirectories(data).toRealPath();
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new InUseException(directory);
    }
    return new Workspace(directory, data != null, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  boolean isKept() {
    return kept;
  }

  /** Names this directory among others on this machine; the same at each start. */
  String id() {
    return UUID.nameUUIDFromBytes(directory.toString().getBytes(UTF_8)).toString();
  }

  Path directory() {
    return directory;
  }

  /** File of the database. */
  Path database() {
    return directory.resolve("table.db");
  }

  Path tasks() {
    return directory.resolve("tasks");
  }

  Path logs() {
    return directory.resolve("logs");
  }

  /** Up to where events have been published. */
  Path published() {
    return directory.resolve("published");
  }

  @Override
  public void close() {
    try {
      if (!kept) {
        delete(directory);
      }
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
