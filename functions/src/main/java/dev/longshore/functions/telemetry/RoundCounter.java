package dev.longshore.functions.telemetry;

import dev.longshore.functions.FailedRounds;
import dev.longshore.functions.telemetry.Metric.Unit;
import java.time.InstantSource;
import java.util.List;

/** Failed rounds as a metric, by their kind. */
public final class RoundCounter implements FailedRounds {
  /** Namespace of all our metrics. */
  public static final String NAMESPACE = MetricLines.NAMESPACE;

  /** Name of the metric. */
  public static final String METRIC = "RoundsFailed";

  /** Its one dimension, whose values are the kinds. */
  public static final String DIMENSION = "Round";

  private final MetricLines metrics;
  private final InstantSource clock;

  /** Counts into this log. */
  public RoundCounter(JsonLines lines, InstantSource clock) {
    this.metrics = new MetricLines(lines);
    this.clock = clock;
  }

  @Override
  public void count(String kind) {
    metrics.write(DIMENSION, kind, List.of(new Metric(METRIC, Unit.COUNT, 1)), clock.millis());
  }
}
