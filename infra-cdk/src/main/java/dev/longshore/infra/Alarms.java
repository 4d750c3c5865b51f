package dev.longshore.infra;

import dev.longshore.functions.telemetry.RoundCounter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** What calls a person; {@code docs/operations.md} says of each what to do. */
final class Alarms {
  private final Construct scope;
  private final @Nullable IAlarmAction action;

  Alarms(Construct scope, StackSettings settings) {
    this.scope = scope;
    this.action =
        settings
            .alarmTopic()
            .map(arn -> new SnsAction(Topic.fromTopicArn(scope, "AlarmTopic", arn)))
            .orElse(null);
  }

  /** An alarm as soon as the metric reaches this value in one of its periods. */
  void raise(String id, String description, IMetric metric, double from) {
    Alarm alarm =
        Alarm.Builder.create(scope, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(from)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    Optional.ofNullable(action).ifPresent(alarm::addAlarmAction);
  }

  /**
   * An alarm when rounds of a kind keep failing. A round that was throttled fails once and is
   * planned anew by the next nudge or tick; a domain that no round can plan any more fails every
   * minute.
   */
  void failedRounds(String id, String kind) {
    raise(
        id,
        "Longshore's " + kind + " rounds fail: look into the function's log for their exception.",
        Metric.Builder.create()
            .namespace(RoundCounter.NAMESPACE)
            .metricName(RoundCounter.METRIC)
            .dimensionsMap(Map.of(RoundCounter.DIMENSION, kind))
            .period(Duration.minutes(5))
            .statistic("Sum")
            .build(),
        3);
  }

  /** The largest value of a minute. */
  static MetricOptions maximum() {
    return MetricOptions.builder().period(Duration.minutes(1)).statistic("Maximum").build();
  }

  /** All of a minute together. */
  static MetricOptions sum() {
    return MetricOptions.builder().period(Duration.minutes(1)).statistic("Sum").build();
  }
}
