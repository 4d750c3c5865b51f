package dev.longshore.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.simulator.scenario.Seeds.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What runs are worth, as text that a review sees change. */
@Execution(ExecutionMode.CONCURRENT)
class GoldenReportTest {
  private static final int SEEDS = 48;
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/longshore/simulator/report.txt");
  private static final String RENEW =
      "-Dlongshore.golden=renew, as in ./mvnw -pl simulator -am test -Dtest=GoldenReportTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dlongshore.golden=renew";

  private static String report() {
    Summary summary = new Summary();
    summary.addLost(LostRaces.loseAll());
    StringBuilder text = new StringBuilder();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Result result = Seeds.run(seed, Alteration.NONE, false);
      text.append("%-12s %s%n".formatted(result.run().focus(), result.report().line()));
      summary.add(result);
    }
    return text.append(summary.text()).toString();
  }

  @Test
  @DisplayName("The report of the same seeds is the same, and no pair that is possible is missing")
  void sameReport() throws IOException {
    String report = report();
    if ("renew".equals(System.getProperty("longshore.golden"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, report);
    }
    assertThat(report)
        .as("the report of seeds 1 to %d; after a change that means to: %s", SEEDS, RENEW)
        .isEqualTo(Files.readString(GOLDEN))
        .doesNotContain("never met");
  }
}
