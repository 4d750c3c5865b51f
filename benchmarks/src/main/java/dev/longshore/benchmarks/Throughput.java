package dev.longshore.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Part (a): how many jobs a second that do nothing, beside what the machine could do at most. */
final class Throughput {
  private static final double GOAL = 60;
  private static final int CLIENTS = 4;

  /** So that what is measured is a service that has been up for some seconds. */
  private static final int WARM_UP = 200;

  private Throughput() {}

  static Part run(Service service, int singles, int array)
      throws InterruptedException, IOException {
    Jobs jobs = service.jobs();
    String definition = jobs.define("bench-true", "true");
    jobs.awaitSuccess(jobs.submitAll(definition, Math.min(WARM_UP, singles), CLIENTS));
    double clientBefore = jobs.clientCpuMillis();
    Stopwatch watch = new Stopwatch();
    List<String> ids = jobs.submitAll(definition, singles, CLIENTS);
    double submitted = watch.seconds();
    jobs.awaitSuccess(ids);
    double ended = watch.seconds();
    double cpu = watch.cpuMillis();
    double clientCpu = jobs.clientCpuMillis() - clientBefore;
    Stopwatch arrayWatch = new Stopwatch();
    jobs.awaitSuccess(List.of(jobs.submitArray(definition, array)));
    double arrayEnded = arrayWatch.seconds();
    double arrayCpu = arrayWatch.cpuMillis();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.atLeast(
            GOAL,
            "%,d single jobs, %d clients, first submission to last end".formatted(singles, CLIENTS),
            singles / ended,
            "jobs/s"));
    figures.add(Figure.plain("  of that, submissions answered", singles / submitted, "jobs/s"));
    figures.add(Figure.plain("  CPU of service and clients", cpu / singles, "ms/job"));
    figures.add(Figure.plain("  of that, the clients", clientCpu / singles, "ms/job"));
    figures.add(Figure.plain("an array of %,d".formatted(array), array / arrayEnded, "jobs/s"));
    figures.add(Figure.plain("  CPU of service and client", arrayCpu / array, "ms/job"));
    figures.addAll(Bounds.measure(singles));
    return new Part("(a) throughput of jobs that run true", figures, List.of());
  }
}
