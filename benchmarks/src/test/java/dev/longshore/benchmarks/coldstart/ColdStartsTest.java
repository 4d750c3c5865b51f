package dev.longshore.benchmarks.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.benchmarks.coldstart.ColdStarts.Measured;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdStartsTest {
  /**
   * No function has it; it brings its own folder to the class path, and an AOT cache wants jars.
   */
  private static final String EMBEDDED = "DynamoDBLocal";

  @Test
  @DisplayName("The API's function starts and answers in every way that is measured")
  void startsAndAnswers(@TempDir Path folder) throws IOException, InterruptedException {
    Path own = Path.of("");
    int count = 0;
    List<String> entries =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .toList();
    for (String entry : entries) {
      Path jar = folder.resolve("%03d.jar".formatted(count++));
      if (Files.isDirectory(Path.of(entry))) {
        pack(Path.of(entry), jar);
        own = jar;
      } else if (Files.exists(Path.of(entry)) && !entry.contains(EMBEDDED)) {
        Files.copy(Path.of(entry), jar);
      }
    }
    Measured measured = ColdStarts.measure(folder, own, 1);
    assertThat(measured.bare()).hasSize(1).allMatch(it -> it > 0);
    assertThat(measured.untuned()).hasSize(1);
    assertThat(measured.unprepared()).hasSize(1);
    assertThat(measured.published()).hasSize(1);
    assertThat(measured.resumed()).hasSize(1);
    assertThat(measured.cached()).hasSize(1);
  }

  private static void pack(Path classes, Path jar) {
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                classes.toString(),
                ".");
    assertThat(status).isZero();
  }
}
