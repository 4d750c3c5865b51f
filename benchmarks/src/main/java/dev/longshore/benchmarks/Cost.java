package dev.longshore.benchmarks;

import static java.util.stream.Collectors.joining;

import dev.longshore.aws.dynamodb.WriteKind;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.local.demo.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.KeyValuePair;

/**
 * Part (c): DynamoDB write units from submission to the last write that follows the end, by the
 * counter in the adapter, failed conditions included.
 */
final class Cost {
  private static final double SINGLE = 12;
  private static final double CHILD = 5;
  private static final double CHILD_ALONE = 7.5;
  private static final int OVERRIDE_BYTES = 5_000;
  private static final int CLIENTS = 4;
  private static final int NODES = 3;
  private static final int TARGETS = 10;
  private static final Duration QUIET = Duration.ofMillis(700);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Service service;
  private final Jobs jobs;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Cost(Service service) {
    this.service = service;
    this.jobs = service.jobs();
  }

  /** What is measured: something that ends when all its jobs have ended. */
  private interface Scenario {
    void run() throws InterruptedException;
  }

  static Part run(Sizes sizes) throws Exception {
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (Service service = Service.start()) {
      Cost cost = new Cost(service);
      cost.singles(sizes);
      cost.dependencies();
      cost.array(sizes.costArray());
      cost.largeArrays(sizes.large());
      cost.multiNode();
      figures.addAll(cost.figures);
      notes.addAll(cost.notes);
    }
    try (Service service = Service.withOneHost()) {
      Cost cost = new Cost(service);
      cost.onOneHost(sizes.onOneHost());
      figures.addAll(cost.figures);
      notes.addAll(cost.notes);
    }
    try (Service service = Service.withOneVcpu()) {
      Cost cost = new Cost(service);
      cost.childrenAlone(sizes.alone());
      figures.addAll(cost.figures);
      notes.addAll(cost.notes);
    }
    return new Part("(c) DynamoDB write units from submission to end", figures, notes);
  }

  private void singles(Sizes sizes) throws InterruptedException {
    String nothing = jobs.define("cost-true", "true");
    jobs.awaitSuccess(List.of(jobs.submit(nothing)));
    quiet();
    perJob("a job alone", SINGLE, 1, () -> jobs.awaitSuccess(List.of(jobs.submit(nothing))));
    perJob(
        "%,d jobs together".formatted(sizes.costSingles()),
        SINGLE,
        sizes.costSingles(),
        () -> jobs.awaitSuccess(jobs.submitAll(nothing, sizes.costSingles(), CLIENTS)));
    ContainerOverrides overrides =
        ContainerOverrides.builder()
            .environment(
                KeyValuePair.builder().name("LARGE").value("x".repeat(OVERRIDE_BYTES)).build())
            .build();
    int kilobytes = Math.ceilDiv(OVERRIDE_BYTES, 1024) + 1;
    perJob(
        "a job with 5 KB of overrides",
        SINGLE + kilobytes,
        1,
        () -> jobs.awaitSuccess(List.of(jobs.submit(nothing, overrides))));
  }

  /** By the paper 2 units for each dependency and 2 once for the job that waits. */
  private void dependencies() throws InterruptedException {
    String nothing = jobs.define("cost-behind", "true");
    String target = jobs.define("cost-target", "sleep", "1");
    perJob(
        "two jobs, one behind the other, both together",
        2 * SINGLE + 2 + 2,
        1,
        () -> jobs.awaitSuccess(List.of(jobs.submitBehind(jobs.submitAll(target, 1, 1), nothing))));
    perJob(
        "%d jobs and one behind them all, together".formatted(TARGETS),
        (TARGETS + 1) * SINGLE + 2 * TARGETS + 2,
        1,
        () ->
            jobs.awaitSuccess(
                List.of(jobs.submitBehind(jobs.submitAll(target, TARGETS, 1), nothing))));
  }

  private void onOneHost(int together) throws InterruptedException {
    jobs.awaitSuccess(List.of(jobs.submit(jobs.define("cost-warm", "true"))));
    quiet();
    String sleep = jobs.define("cost-sleep", "sleep", "4");
    perJob(
        "%d attempts at a time on one host".formatted(together),
        SINGLE,
        together,
        () -> jobs.awaitSuccess(jobs.submitAll(sleep, together, CLIENTS)));
  }

  private void array(int size) throws InterruptedException {
    String nothing = jobs.define("cost-child", "true");
    Map<WriteKind, WriteUnits.Count> counts =
        perJob(
            "a child in an array of %,d".formatted(size),
            CHILD,
            size,
            () -> jobs.awaitSuccess(List.of(jobs.submitArray(nothing, size))));
    figures.add(
        Figure.plain(
            "  m: children placed per host write", folding(counts, WriteKind.RESERVED), ""));
    figures.add(
        Figure.plain(
            "  k: children ended per host write", folding(counts, WriteKind.RELEASED), ""));
    figures.add(
        Figure.plain("  changes of children per page write", folding(counts, WriteKind.PAGE), ""));
    arraysInARow(nothing, size);
  }

  private void largeArrays(int size) throws InterruptedException {
    String nothing = jobs.define("cost-large", "true");
    perJob(
        "a child in an array of %,d".formatted(size),
        CHILD,
        size,
        () -> jobs.awaitSuccess(List.of(jobs.submitArray(nothing, size))));
    arraysInARow(nothing, size);
  }

  private void arraysInARow(String definition, int size) throws InterruptedException {
    perJob(
        "a child of two arrays of %,d, one N_TO_N behind the other".formatted(size),
        CHILD,
        2 * size,
        () -> {
          String target = jobs.submitArray(definition, size);
          jobs.awaitSuccess(List.of(target, jobs.submitArrayBehind(target, definition, size)));
        });
  }

  /** By the paper 9 units for the job, 2 for its main node's host and 5 for each further node. */
  private void multiNode() throws InterruptedException {
    String nodes = jobs.defineNodes("cost-nodes", NODES, "sleep 2");
    jobs.awaitSuccess(List.of(jobs.submit(nodes)));
    quiet();
    perJob(
        "a multi-node job of %d nodes".formatted(NODES),
        9 + 2 + 5 * (NODES - 1),
        1,
        () -> jobs.awaitSuccess(List.of(jobs.submit(nodes))));
  }

  /** The difference of two arrays, so that their parents do not count. */
  private void childrenAlone(int pairs) throws InterruptedException {
    String sleep = jobs.define("cost-alone", "sleep", "0.3");
    jobs.awaitSuccess(List.of(jobs.submit(sleep)));
    quiet();
    Map<WriteKind, WriteUnits.Count> two =
        measure(() -> jobs.awaitSuccess(List.of(jobs.submitArray(sleep, 2))));
    int more = 2 + 2 * pairs;
    Map<WriteKind, WriteUnits.Count> many =
        measure(() -> jobs.awaitSuccess(List.of(jobs.submitArray(sleep, more))));
    figures.add(
        Figure.atMost(
            CHILD_ALONE,
            "an array child that starts and ends alone",
            (total(many) - total(two)) / (more - 2),
            "units"));
    figures.add(Figure.plain("  an array of 2 such children", total(two), "units"));
    notes.add("an array of 2 alone: " + breakdown(two, 1));
  }

  private Map<WriteKind, WriteUnits.Count> perJob(
      String name, double goal, int count, Scenario scenario) throws InterruptedException {
    Map<WriteKind, WriteUnits.Count> counts = measure(scenario);
    figures.add(Figure.atMost(goal, name, total(counts) / count, "units"));
    notes.add(name + ": " + breakdown(counts, count));
    return counts;
  }

  private Map<WriteKind, WriteUnits.Count> measure(Scenario scenario) throws InterruptedException {
    service.units().reset();
    scenario.run();
    quiet();
    return service.units().snapshot();
  }

  /** Waits until nothing was written for a while. */
  private void quiet() throws InterruptedException {
    double[] last = {-1};
    Poll.until(
        "nothing is written",
        LIMIT,
        QUIET,
        () -> {
          double now = service.units().total();
          boolean same = now == last[0];
          last[0] = now;
          return same;
        });
  }

  private static double total(Map<WriteKind, WriteUnits.Count> counts) {
    return counts.values().stream().mapToDouble(WriteUnits.Count::units).sum();
  }

  private static double folding(Map<WriteKind, WriteUnits.Count> counts, WriteKind kind) {
    WriteUnits.Count count = counts.get(kind);
    return count == null ? 0 : count.folding();
  }

  /** Units for each job by kind, the dearest first; refused writes beside them. */
  private static String breakdown(Map<WriteKind, WriteUnits.Count> counts, int jobs) {
    return counts.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.getValue().units()))
        .map(entry ->
            String.format(
                Locale.ROOT,
                "%s %s%s",
                entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Goal.number(entry.getValue().units() / jobs),
                entry.getValue().refused() == 0
                    ? ""
                    : " (" + entry.getValue().refused() + " refused)"))
        .collect(joining(", "));
  }
}
