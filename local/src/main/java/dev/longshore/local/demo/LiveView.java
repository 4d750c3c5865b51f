package dev.longshore.local.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows steps while they go on: on a terminal a picture that is drawn again in place, otherwise a
 * line whenever something changed.
 */
final class LiveView {
  private static final int BAR = 32;
  private static final Duration BETWEEN_LINES = Duration.ofMillis(400);

  /** How to draw: with block characters or in ASCII, with colours or without. */
  enum Look {
    ASCII("#=-.x", false),
    BLOCKS("█▓▒░×", false),
    COLOURED_BLOCKS("█▓▒░×", true);

    private final String marks;
    private final boolean coloured;

    Look(String marks, boolean coloured) {
      this.marks = marks;
      this.coloured = coloured;
    }

    private String run(int part, int length) {
      String text = marks.substring(part, part + 1).repeat(length);
      return coloured && length > 0 ? COLOURS.get(part) + text + PLAIN : text;
    }
  }

  private static final String PLAIN = "\u001b[0m";

  /** Of done, running, starting, waiting, failed. */
  private static final List<String> COLOURS =
      List.of("\u001b[32m", "\u001b[36m", "\u001b[33m", "\u001b[2m", "\u001b[31m");

  private final PrintStream out;
  private final boolean redraw;
  private final Look look;
  private int drawn;
  private List<StepView> last = List.of();
  private Duration lastLine = Duration.ofDays(-1);

  /** Draws to {@code out}; again in place when {@code redraw}. */
  LiveView(PrintStream out, boolean redraw, Look look) {
    this.out = out;
    this.redraw = redraw;
    this.look = look;
  }

  /** A view that suits what this process prints to. */
  static LiveView on(PrintStream out) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    String term = System.getenv().getOrDefault("TERM", "dumb");
    boolean redraw = terminal && !term.equals("dumb");
    boolean blocks = out.charset().newEncoder().canEncode('█');
    boolean plain = !redraw || System.getenv().containsKey("NO_COLOR");
    Look look = !blocks ? Look.ASCII : plain ? Look.BLOCKS : Look.COLOURED_BLOCKS;
    return new LiveView(out, redraw, look);
  }

  /** Shows the steps as they are {@code elapsed} after the start. */
  void show(List<StepView> steps, Duration elapsed) {
    if (redraw) {
      draw(steps, elapsed);
    } else {
      print(steps, elapsed);
    }
    out.flush();
  }

  private void draw(List<StepView> steps, Duration elapsed) {
    List<String> lines = new ArrayList<>();
    steps.forEach(step -> lines.add(line(step)));
    lines.add("");
    lines.add(legend() + "   " + seconds(elapsed));
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(line -> text.append(line).append("\u001b[K\n"));
    out.print(text);
    drawn = lines.size();
  }

  /** One step, at most 79 columns wide. */
  String line(StepView step) {
    return "  %-6s %s %4d/%-4d %-9s %s"
        .formatted(
            step.name(), bar(step), step.succeeded(), step.jobs(), step.status(), activity(step))
        .stripTrailing();
  }

  private String legend() {
    return "  %s done  %s running  %s starting  %s waiting"
        .formatted(look.run(0, 1), look.run(1, 1), look.run(2, 1), look.run(3, 1));
  }

  private String bar(StepView step) {
    int[] counts = {
      step.succeeded(), step.running(), step.starting(), step.waiting(), step.failed()
    };
    int[] order = {0, 4, 1, 2, 3};
    StringBuilder bar = new StringBuilder();
    int jobs = 0;
    int cells = 0;
    for (int part : order) {
      jobs += counts[part];
      int end = step.jobs() == 0 ? 0 : Math.toIntExact((long) jobs * BAR / step.jobs());
      bar.append(look.run(part, end - cells));
      cells = end;
    }
    return bar.toString();
  }

  private static String activity(StepView step) {
    List<String> parts = new ArrayList<>();
    if (step.jobs() > 1 && !step.isOver()) {
      if (step.running() > 0) {
        parts.add(step.running() + " running");
      } else if (step.starting() > 0) {
        parts.add(step.starting() + " starting");
      }
    }
    if (step.failed() > 0) {
      parts.add(step.failed() + " failed");
    }
    return String.join(", ", parts);
  }

  private void print(List<StepView> steps, Duration elapsed) {
    boolean over = steps.stream().allMatch(StepView::isOver);
    boolean early = elapsed.minus(lastLine).compareTo(BETWEEN_LINES) < 0;
    if (steps.equals(last) || (early && !over)) {
      return;
    }
    StringBuilder text = new StringBuilder("  " + seconds(elapsed));
    for (StepView step : steps) {
      text.append("   ").append(step.name()).append(' ').append(step.status());
      if (step.jobs() > 1) {
        text.append(' ').append(step.succeeded()).append('/').append(step.jobs());
      }
      String activity = activity(step);
      text.append(activity.isEmpty() ? "" : " (" + activity + ")");
    }
    out.println(text);
    last = List.copyOf(steps);
    lastLine = elapsed;
  }

  private static String seconds(Duration elapsed) {
    return String.format(Locale.ROOT, "%5.1f s", elapsed.toMillis() / 1000.0);
  }
}
