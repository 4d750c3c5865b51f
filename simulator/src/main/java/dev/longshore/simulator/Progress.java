package dev.longshore.simulator;

import dev.longshore.simulator.scenario.Alteration;
import dev.longshore.simulator.scenario.Seeds.Result;
import dev.longshore.simulator.scenario.Story;
import dev.longshore.simulator.scenario.Summary;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Says how many seeds have run, how fast, and at the end what came of them. */
final class Progress {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A broken law mostly breaks in many seeds; to shrink each of them would take hours. */
  private static final int MOST_STORIES = 3;

  private final long seeds;
  private final Summary summary;
  private final PrintStream out;
  private final long began = System.nanoTime();
  private long said = began;
  private int stories;

  Progress(long seeds, Summary summary, PrintStream out) {
    this.seeds = seeds;
    this.summary = summary;
    this.out = out;
  }

  /** Called by several threads. */
  void add(Result result) {
    synchronized (this) {
      summary.add(result);
      long now = System.nanoTime();
      if (now - said > EVERY_NANOS) {
        said = now;
        long left = (seeds - summary.runs()) * (now - began) / summary.runs();
        out.printf(
            "%,d of %,d seeds, %,d failed, %,d a minute, %d min left%n",
            summary.runs(),
            seeds,
            summary.failures(),
            rate(now),
            TimeUnit.NANOSECONDS.toMinutes(left) + 1);
      }
      if (result.violation().isEmpty() || ++stories > MOST_STORIES) {
        return;
      }
    }
    // Shrinking takes seconds: the other threads go on meanwhile.
    String story = Story.of(result, Alteration.NONE);
    synchronized (this) {
      out.println(story);
    }
  }

  private long rate(long now) {
    return summary.runs() * TimeUnit.MINUTES.toNanos(1) / Math.max(1, now - began);
  }

  /** The report and the verdict; 0 when no law was broken, 1 otherwise. */
  synchronized int verdict() {
    long now = System.nanoTime();
    out.print(summary.text());
    out.printf("%,d seeds a minute%n", rate(now));
    if (summary.failures() == 0) {
      out.printf("PASSED: %,d seeds, every law held%n", seeds);
      return 0;
    }
    out.printf(
        "FAILED: %,d of %,d seeds broke a law; seeds %s%n",
        summary.failures(), seeds, summary.failed());
    return 1;
  }
}
