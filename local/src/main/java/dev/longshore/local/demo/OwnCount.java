package dev.longshore.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The result that the pipeline must come to, computed without it. */
final class OwnCount {
  /** The same as in {@code split.sh}. */
  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules");

  private OwnCount() {}

  /** Counts the readable files below a directory. */
  static Tally of(Path directory) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    long lines = 0;
    long words = 0;
    long bytes = 0;
    for (String file : files(directory)) {
      Count count = count(directory.resolve(file));
      lines += count.lines;
      words += count.words;
      bytes += count.bytes;
      entries.add(
          "%d %d %d %d ./%s\n"
              .formatted(count.checksum, count.bytes, count.lines, count.words, file)
              .getBytes(UTF_8));
    }
    entries.sort(Arrays::compareUnsigned);
    Cksum all = new Cksum();
    entries.forEach(entry -> all.update(entry, entry.length));
    return new Tally(entries.size(), lines, words, bytes, all.value());
  }

  /** Paths of the files below a directory, relative to it. */
  static List<String> files(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            boolean skipped =
                !visited.equals(directory) && SKIPPED.contains(visited.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = directory.relativize(file).toString();
            // A name with a line feed looks like two names to the tools.
            if (attributes.isRegularFile()
                && Files.isReadable(file)
                && !name.contains("\n")
                && !SKIPPED.contains(file.getFileName().toString())) {
              found.add(name);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private record Count(long checksum, long bytes, long lines, long words) {}

  private static Count count(Path file) throws IOException {
    Cksum checksum = new Cksum();
    long bytes = 0;
    long lines = 0;
    long words = 0;
    boolean inWord = false;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, read);
        bytes += read;
        for (int i = 0; i < read; i++) {
          byte next = buffer[i];
          boolean space = next == ' ' || (next >= '\t' && next <= '\r');
          lines += next == '\n' ? 1 : 0;
          words += !space && !inWord ? 1 : 0;
          inWord = !space;
        }
      }
    }
    return new Count(checksum.value(), bytes, lines, words);
  }
}
