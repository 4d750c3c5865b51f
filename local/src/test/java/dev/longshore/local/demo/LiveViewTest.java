package dev.longshore.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.local.demo.LiveView.Look;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final StepView SPLIT = new StepView("split", "SUCCEEDED", 1, 0, 0, 0, 1, 0);
  private static final StepView COUNT = new StepView("count", "PENDING", 120, 60, 15, 15, 30, 0);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  @DisplayName("a bar is as long as the jobs in each state are many, done ones first")
  void barIsProportional() {
    LiveView view = new LiveView(out, true, Look.ASCII);
    assertThat(view.line(COUNT))
        .isEqualTo("  count  ########====----................   30/120  PENDING   15 running");
    assertThat(view.line(SPLIT))
        .isEqualTo("  split  ################################    1/1    SUCCEEDED");
  }

  @Test
  @DisplayName("a line fits a screen of 80 columns whatever the counts are")
  void linesFitTheScreen() {
    LiveView view = new LiveView(out, true, Look.ASCII);
    StepView large = new StepView("count", "SUCCEEDED", 1000, 0, 0, 0, 999, 1);
    assertThat(view.line(large).length()).isLessThan(80);
    StepView busy = new StepView("count", "PENDING", 1000, 0, 0, 1000, 0, 0);
    assertThat(view.line(busy).length()).isLessThan(80);
  }

  @Test
  @DisplayName("on a terminal the picture is drawn again over the last one")
  void redrawsInPlace() {
    LiveView view = new LiveView(out, true, Look.ASCII);
    view.show(List.of(SPLIT, COUNT), Duration.ofMillis(100));
    int first = bytes.size();
    view.show(List.of(SPLIT, COUNT), Duration.ofMillis(200));
    String second = bytes.toString(UTF_8).substring(first);
    assertThat(second).startsWith("\u001b[4A").contains("0.2 s");
    assertThat(second.lines().count()).isEqualTo(4);
  }

  @Test
  @DisplayName(
      "elsewhere a line is printed for a change, not for every look, and always for the end")
  void printsChangesOnly() {
    LiveView view = new LiveView(out, false, Look.ASCII);
    StepView over = new StepView("count", "SUCCEEDED", 120, 0, 0, 0, 120, 0);
    view.show(List.of(SPLIT, COUNT), Duration.ofMillis(100));
    view.show(List.of(SPLIT, COUNT), Duration.ofMillis(900));
    view.show(List.of(SPLIT, over), Duration.ofMillis(950));
    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly(
            "    0.1 s   split SUCCEEDED   count PENDING 30/120 (15 running)",
            "    1.0 s   split SUCCEEDED   count SUCCEEDED 120/120");
  }
}
