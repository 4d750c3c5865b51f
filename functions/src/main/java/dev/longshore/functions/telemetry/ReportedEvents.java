package dev.longshore.functions.telemetry;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.BatchEvent.QueueBlocked;
import dev.longshore.core.port.BatchEvent.StateChanged;
import dev.longshore.core.port.EventBus;
import dev.longshore.functions.telemetry.Metric.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bus that also logs each event and counts: how many jobs of a queue came into which status, and
 * how long they were RUNNABLE before they were sent to a host. It reports what the bus has taken,
 * so a repeated event may count twice.
 */
public final class ReportedEvents implements EventBus {
  private static final int REMEMBERED = 10_000;

  private final EventBus bus;
  private final JsonLines lines;
  private final MetricLines metrics;

  /** Since when jobs are RUNNABLE, by those lately seen here; of others no wait is reported. */
  private final Map<JobKey, Long> runnable =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobKey, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  public ReportedEvents(EventBus bus, JsonLines lines) {
    this.bus = bus;
    this.lines = lines;
    this.metrics = new MetricLines(lines);
  }

  @Override
  public void publish(List<BatchEvent> events) {
    bus.publish(events);
    Map<String, List<Metric>> byQueue = new TreeMap<>();
    Map<String, Map<JobStatus, Integer>> counts = new TreeMap<>();
    long now = 0;
    for (BatchEvent event : events) {
      log(event);
      now = Math.max(now, event.at());
      if (event instanceof StateChanged changed) {
        String queue = changed.job().spec().queue();
        counts.computeIfAbsent(queue, _ -> new TreeMap<>()).merge(changed.to(), 1, Integer::sum);
        wait(changed, byQueue.computeIfAbsent(queue, _ -> new ArrayList<>()));
      }
    }
    for (Map.Entry<String, Map<JobStatus, Integer>> queue : counts.entrySet()) {
      List<Metric> metric = new ArrayList<>(counted(queue.getValue()));
      metrics.write("Queue", queue.getKey(), metric, now);
      for (Metric wait : byQueue.getOrDefault(queue.getKey(), List.of())) {
        metrics.write("Queue", queue.getKey(), List.of(wait), now);
      }
    }
  }

  private void wait(StateChanged changed, List<Metric> waits) {
    if (changed.to() == JobStatus.RUNNABLE) {
      runnable.put(changed.job().key(), changed.at());
    } else if (changed.to() == JobStatus.STARTING) {
      Long since = runnable.remove(changed.job().key());
      if (since != null) {
        waits.add(new Metric("DispatchLatency", Unit.MILLISECONDS, changed.at() - since));
      }
    }
  }

  private static List<Metric> counted(Map<JobStatus, Integer> counts) {
    List<Metric> metrics = new ArrayList<>();
    counts.forEach(
        (status, count) -> metrics.add(new Metric("Jobs" + capital(status), Unit.COUNT, count)));
    return metrics;
  }

  private static String capital(JobStatus status) {
    return status.name().charAt(0) + status.name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  private void log(BatchEvent event) {
    lines.write(json -> {
      json.writeStringField("timestamp", Instant.ofEpochMilli(event.at()).toString());
      json.writeStringField("level", "INFO");
      json.writeStringField("logger", ReportedEvents.class.getName());
      switch (event) {
        case StateChanged changed -> {
          json.writeStringField("message", "job status changed");
          json.writeStringField("from", changed.from().name());
          json.writeStringField("to", changed.to().name());
        }
        case QueueBlocked blocked -> {
          json.writeStringField("message", "job queue blocked");
          json.writeStringField("reason", blocked.reason());
        }
      }
      json.writeStringField("queue", event.job().spec().queue());
      json.writeArrayFieldStart("jobs");
      json.writeString(event.job().key().toString());
      json.writeEndArray();
    });
  }
}
