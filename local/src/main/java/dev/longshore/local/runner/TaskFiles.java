package dev.longshore.local.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one task: its {@code task} file, the {@code pid} and {@code exit} files of the
 * wrapper ({@code run-job.sh}), and the job's working and temporary directories.
 *
 * @param directory where
 */
record TaskFiles(Path directory) {

  /** What the files say of a task whose parent we are not. */
  enum Claim {
    /** It runs or ran under the process in the pid file. */
    TAKEN,
    /** It never started, and from now on cannot. */
    NEVER_STARTED
  }

  /** Makes the directory; must not exist yet. */
  void create(Task task) throws IOException {
    Files.createDirectory(directory);
    Files.createDirectory(work());
    Files.createDirectory(temporary());
    Files.writeString(directory.resolve("task"), task.text(), UTF_8, CREATE_NEW, WRITE);
  }

  Path work() {
    return directory.resolve("work");
  }

  Path temporary() {
    return directory.resolve("tmp");
  }

  /** Whose directory this is; empty when the service ended while it made it. */
  Optional<Task> task() throws IOException {
    return Optional.ofNullable(read("task")).flatMap(Task::parse);
  }

  /** The process that the wrapper wrote down; empty while it has not. */
  Optional<ProcessMark> process() throws IOException {
    return Optional.ofNullable(read("pid")).filter(TaskFiles::whole).flatMap(ProcessMark::parse);
  }

  /** Exit code of the job; empty while it has not ended, or when its wrapper was killed. */
  Optional<Integer> exitCode() throws IOException {
    String text = read("exit");
    return text != null && whole(text)
        ? Optional.of(Integer.parseInt(text.strip()))
        : Optional.empty();
  }

  /** Epoch ms of the start, by the pid file; of the end, by the exit file; 0 when not there. */
  long startedAt() {
    return time("pid");
  }

  long endedAt() {
    return time("exit");
  }

  /** Makes sure that a wrapper which has not come to the job yet never will. */
  Claim claim() throws IOException {
    try {
      Files.createFile(directory.resolve("pid"));
      return Claim.NEVER_STARTED;
    } catch (FileAlreadyExistsException taken) {
      return Claim.TAKEN;
    }
  }

  /** Deletes all of it, as far as the rights allow. */
  void delete() throws IOException {
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

  private static boolean whole(String text) {
    return text.endsWith("\n");
  }

  private @Nullable String read(String name) throws IOException {
    try {
      return Files.readString(directory.resolve(name), UTF_8);
    } catch (NoSuchFileException notThere) {
      return null;
    }
  }

  private long time(String name) {
    try {
      return Files.getLastModifiedTime(directory.resolve(name)).toMillis();
    } catch (IOException notThere) {
      return 0;
    }
  }
}
