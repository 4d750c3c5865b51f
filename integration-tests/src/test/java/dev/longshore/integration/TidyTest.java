package dev.longshore.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** House rules on the text of the repository's Java files. */
class TidyTest {
  private static final int MAX_COLUMNS = 100;
  private static final int MAX_LINES = 400;

  /** Put together from halves where this file would break its own rule. */
  private static final Pattern VAGUE_NAME =
      Pattern.compile("\\b(?:class|interface|record|enum) +\\w*(?:Utils?|Manager|Helper|Impl)\\b");

  private static final Pattern LEFTOVER =
      Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w./}-])/(?:wo" + "rk|ro" + "ot|home/\\w+)(?:/|\\b)");
  private static final Pattern SLEEP = Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b");

  /** Each Java file of the repository, by its path from the root with slashes, and its lines. */
  private static final TreeMap<String, List<String>> FILES = new TreeMap<>();

  @BeforeAll
  static void readFiles() throws IOException, InterruptedException {
    Path root = root();
    List<String> names = tracked(root);
    for (String name : names.isEmpty() ? onDisk(root) : names) {
      Path file = root.resolve(name);
      if (name.endsWith(".java") && Files.exists(file)) {
        FILES.put(name, Files.readAllLines(file, UTF_8));
      }
    }
  }

  @Test
  void filesAreFound() {
    assertThat(FILES).containsKey("local/src/main/java/dev/longshore/local/package-info.java");
  }

  /** Tests hold rows of tables and samples of the wire, which break badly. */
  @Test
  void linesFitTheScreen() {
    LineRule wide = line -> line.length() > MAX_COLUMNS && !line.startsWith("import ");
    assertThat(lines("/src/main/java/", wide)).isEmpty();
  }

  @Test
  void filesAreShort() {
    List<String> long_ = new ArrayList<>();
    FILES.forEach((name, lines) -> {
      if (lines.size() > MAX_LINES) {
        long_.add(name + ": " + lines.size() + " lines");
      }
    });
    assertThat(long_).isEmpty();
  }

  @Test
  void namesSayWhatTheThingIs() {
    assertThat(lines("", VAGUE_NAME.asPredicate()::test)).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(lines("", LEFTOVER.asPredicate()::test)).isEmpty();
  }

  @Test
  void noPathsOfOneMachine() {
    assertThat(lines("", MACHINE_PATH.asPredicate()::test)).isEmpty();
  }

  /** Calls of AWS keep below its rates by waiting. */
  @Test
  void onlyLocalModeAndPacingSleep() {
    List<String> found = lines("/src/main/java/", SLEEP.asPredicate()::test);
    found.removeIf(line -> line.startsWith("local/") || line.contains("/aws/pacing/Pace.java"));
    assertThat(found).isEmpty();
  }

  /** NullAway looks at marked packages only, and a mark does not reach the packages below. */
  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (String name : FILES.keySet()) {
      if (name.contains("/src/main/java/")) {
        String marker = name.substring(0, name.lastIndexOf('/')) + "/package-info.java";
        if (!FILES.getOrDefault(marker, List.of()).contains("@NullMarked")) {
          unmarked.add(marker);
        }
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private interface LineRule {
    boolean breaks(String line);
  }

  private static List<String> lines(String part, LineRule rule) {
    List<String> found = new ArrayList<>();
    FILES.forEach((name, lines) -> {
      for (int i = 0; name.contains(part) && i < lines.size(); i++) {
        if (rule.breaks(lines.get(i))) {
          found.add(name + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    });
    return found;
  }

  static Path root() {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.exists(dir.resolve(".mvn"))) {
        return dir;
      }
    }
    throw new IllegalStateException("no .mvn in this directory or one above it");
  }

  /** Empty where there is no git or no work tree, as in an unpacked archive. */
  private static List<String> tracked(Path root) throws IOException, InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "ls-files", "-z", "*.java")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String names = new String(git.getInputStream().readAllBytes(), UTF_8);
      return git.waitFor() == 0 ? List.of(names.split("\0")) : List.of();
    } catch (IOException noGit) {
      return List.of();
    }
  }

  private static List<String> onDisk(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".java") && !name.contains("/target/"))
          .toList();
    }
  }
}
