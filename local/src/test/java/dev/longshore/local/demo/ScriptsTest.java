package dev.longshore.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the pipeline with the tools of this machine, without a service. */
class ScriptsTest {
  private static final int PARTS = 5;
  private static final int FLAKY = 2;

  @TempDir Path input;
  @TempDir Path work;

  @BeforeEach
  void writeFiles() throws IOException {
    write("plain.txt", "one two\nthree\n");
    write("no line feed", "a\tb\u000bc");
    write("empty", "");
    write("sub/dir/ünïcode.txt", "→ — ü\u00a0x\n");
    write("sub/binary", "\0\1\2 \177\n\0");
    write("sub/q'uo\"te $x `y` \\n", "x\n\n\n");
    write("-n", "dash\n");
    write("target/built", "skipped\n");
    write(".git/objects/1", "skipped\n");
    write("node_modules", "skipped, though a file\n");
    Files.createSymbolicLink(input.resolve("link"), input.resolve("plain.txt"));
  }

  @Test
  @DisplayName("the scripts come to the same result as the count in Java")
  void scriptsAgreeWithOwnCount() throws Exception {
    assertThat(run("split", 0, 1)).isZero();
    for (int part = 0; part < PARTS; part++) {
      assertThat(run("count", part, 2)).isZero();
    }
    assertThat(run("join", 0, 1)).isZero();
    Tally own = OwnCount.of(input);
    assertThat(own.files()).isEqualTo(7);
    assertThat(Files.readAllLines(work.resolve("log")).stream().map(Tally::parse))
        .contains(Optional.of(own));
  }

  @Test
  @DisplayName("the split puts every file into exactly one part")
  void everyFileIsInOnePart() throws Exception {
    run("split", 0, 1);
    Set<String> seen = new HashSet<>();
    for (int part = 0; part < PARTS; part++) {
      for (String file : Files.readAllLines(work.resolve("part-" + part), UTF_8)) {
        assertThat(seen.add(file.substring(2))).isTrue();
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(OwnCount.files(input));
  }

  @Test
  @DisplayName("only the first attempt of the flaky part fails")
  void flakyPartFailsOnce() throws Exception {
    run("split", 0, 1);
    assertThat(run("count", FLAKY, 1)).isEqualTo(1);
    assertThat(run("count", FLAKY, 2)).isZero();
    assertThat(run("count", FLAKY + 1, 1)).isZero();
  }

  @Test
  @DisplayName("the join refuses to sum up when a part is missing")
  void joinNeedsAllParts() throws Exception {
    run("split", 0, 1);
    run("count", 0, 1);
    assertThat(run("join", 0, 1)).isEqualTo(2);
  }

  private void write(String name, String text) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int run(String step, int index, int attempt) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("sh", "-c", Pipeline.script(step)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("log").toFile()));
    builder.environment().put("DEMO_DIR", input.toString());
    builder.environment().put("DEMO_WORK", work.toString());
    builder.environment().put("DEMO_PARTS", Integer.toString(PARTS));
    builder.environment().put("DEMO_FLAKY", Integer.toString(FLAKY));
    builder.environment().put("AWS_BATCH_JOB_ARRAY_INDEX", Integer.toString(index));
    builder.environment().put("AWS_BATCH_JOB_ATTEMPT", Integer.toString(attempt));
    return builder.start().waitFor();
  }
}
