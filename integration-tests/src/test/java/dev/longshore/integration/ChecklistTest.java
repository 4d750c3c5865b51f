package dev.longshore.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page of the checklist and the tests that say the numbers of its lines. */
class ChecklistTest {
  private static final int LINES = 24;
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|.*\\| (.*) \\|");
  private static final Pattern FILE = Pattern.compile("`([\\w./-]+)`");
  private static final Pattern IN_JAVA = Pattern.compile("\"Checklist (\\d+): ");
  private static final Pattern IN_PYTHON = Pattern.compile("(?m)^def test_checklist_(\\d+)_");

  /** The files that the page names, by the number of the line. */
  private static final TreeMap<Integer, Set<String>> PAGE = new TreeMap<>();

  /** The files whose tests say a number, by the number. */
  private static final TreeMap<Integer, Set<String>> TESTS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    Path root = TidyTest.root();
    for (String line : Files.readAllLines(root.resolve("docs/checklist.md"), UTF_8)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> files = new TreeSet<>();
        FILE.matcher(row.group(2)).results().forEach(file -> files.add(file.group(1)));
        PAGE.put(Integer.valueOf(row.group(1)), files);
      }
    }
    for (String module : List.of("shared", "functions", "local", "simulator", "benchmarks")) {
      look(
          root, module, name -> name.endsWith("Test.java") && name.contains("/src/test/"), IN_JAVA);
    }
    look(root, "integration-tests/clients", name -> name.endsWith(".py"), IN_PYTHON);
  }

  private static void look(Path root, String where, Predicate<String> takes, Pattern mark)
      throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(where))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (takes.test(name) && !name.contains("/target/")) {
          mark.matcher(Files.readString(file, UTF_8))
              .results()
              .forEach(found ->
                  TESTS
                      .computeIfAbsent(Integer.valueOf(found.group(1)), _ -> new TreeSet<>())
                      .add(name));
        }
      }
    }
  }

  @Test
  @DisplayName("Every line of the checklist is on the page and names a test")
  void everyLineHasATest() {
    assertThat(PAGE.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES).boxed().toList());
    PAGE.forEach((line, files) -> assertThat(files).as("line " + line).isNotEmpty());
  }

  @Test
  @DisplayName("The files that a line names are just those with a test that says its number")
  void thePageNamesTheTests() {
    assertThat(PAGE).isEqualTo(TESTS);
  }
}
