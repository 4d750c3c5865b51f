package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What jobs cost beside written units ({@code docs/costs.md}): invocations of each function,
 * requests to queues, units read, events. Here each change is delivered before the next one
 * happens, so nothing is folded that AWS would deliver together: the figures are upper bounds.
 */
class CostOfJobsTest {
  private static final int JOBS = 40;

  private final Rig rig = new Rig();
  private final Story story = new Story(rig).prepare(16);

  /** What happened between two moments. */
  private record Cost(
      Map<Entry, Integer> invocations, int sent, double read, double written, int events) {
    int invoked() {
      return invocations.values().stream().mapToInt(Integer::intValue).sum();
    }

    String line(String what, int jobs) {
      StringBuilder line =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%s: %.2f invocations, %.2f requests that send, %.2f units read, %.2f written,"
                      + " %.2f events; by function",
                  what,
                  invoked() / (double) jobs,
                  sent / (double) jobs,
                  read / jobs,
                  written / jobs,
                  events / (double) jobs));
      invocations.forEach((entry, count) ->
          line.append(String.format(Locale.ROOT, " %s %.2f", entry, count / (double) jobs)));
      return line.toString();
    }
  }

  private Cost measured(Runnable story) {
    Map<Entry, Integer> before = delivered();
    int sent = rig.sqs().requests();
    int told = rig.told().size();
    rig.stream().reads().reset();
    rig.units().reset();
    story.run();
    Map<Entry, Integer> after = delivered();
    after.replaceAll((entry, count) -> count - before.getOrDefault(entry, 0));
    return new Cost(
        after,
        rig.sqs().requests() - sent,
        rig.stream().reads().total(),
        rig.units().total(),
        rig.told().size() - told);
  }

  private Map<Entry, Integer> delivered() {
    Map<Entry, Integer> delivered = new EnumMap<>(Entry.class);
    for (Entry entry : Entry.values()) {
      delivered.put(entry, rig.delivered(entry).size());
    }
    return delivered;
  }

  private Cost jobs(int count, IntConsumer submit) {
    return measured(() -> {
      for (int i = 0; i < count; i++) {
        submit.accept(i);
      }
      rig.settle();
    });
  }

  @Test
  @DisplayName("A job alone, with a host that waits for it, is at most 20 invocations")
  void alone() {
    story.submit("first", "");
    rig.settle();
    Cost cost = jobs(1, _ -> story.submit("alone", ""));
    assertThat(story.outcome().get("alone")).startsWith("SUCCEEDED");
    print(cost.line("a job alone", 1));
    assertThat(cost.invoked()).isLessThanOrEqualTo(20);
    assertThat(cost.written()).isLessThanOrEqualTo(12);
  }

  @Test
  @DisplayName("Jobs submitted one after the other share invocations: at most 8 for each")
  void together() {
    story.submit("first", "");
    rig.settle();
    Cost cost = jobs(JOBS, i -> story.submit("job" + i, ""));
    assertThat(story.outcome().values()).allMatch(it -> it.startsWith("SUCCEEDED"));
    print(cost.line("one of " + JOBS + " jobs together", JOBS));
    assertThat(cost.invoked()).isLessThanOrEqualTo(8 * JOBS);
  }

  @Test
  @DisplayName("Children of an array share more: at most 2 invocations for each")
  void children() {
    story.submit("first", "");
    rig.settle();
    int size = 400;
    Cost cost = jobs(1, _ -> story.submit("array", ",\"arrayProperties\":{\"size\":" + size + "}"));
    assertThat(story.outcome().get("array")).startsWith("SUCCEEDED");
    print(cost.line("one of " + size + " children of an array", size));
    assertThat(cost.invoked()).isLessThanOrEqualTo(2 * size);
  }

  @Test
  @DisplayName("A minute without jobs is a tick, two rounds and nothing written")
  void idleMinute() {
    rig.pass(Duration.ofMinutes(1));
    rig.tick();
    rig.settle();
    Cost cost =
        measured(() -> {
          rig.pass(Duration.ofMinutes(1));
          rig.tick();
          rig.settle();
        });
    print(cost.line("an idle minute", 1));
    assertThat(cost.written()).isZero();
    assertThat(cost.invoked()).isEqualTo(3);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
