package dev.longshore.functions.telemetry;

import java.util.List;

/**
 * Metrics in CloudWatch's embedded metric format: lines of the log from which CloudWatch makes
 * metrics by itself, so that no call is made for them.
 */
final class MetricLines {
  static final String NAMESPACE = "Longshore";

  private final JsonLines lines;

  MetricLines(JsonLines lines) {
    this.lines = lines;
  }

  /**
   * Writes values that belong together.
   *
   * @param dimension name of the one dimension, such as {@code Queue}
   * @param owner its value
   * @param now epoch ms
   */
  void write(String dimension, String owner, List<Metric> metrics, long now) {
    if (metrics.isEmpty()) {
      return;
    }
    lines.write(json -> {
      json.writeObjectFieldStart("_aws");
      json.writeNumberField("Timestamp", now);
      json.writeArrayFieldStart("CloudWatchMetrics");
      json.writeStartObject();
      json.writeStringField("Namespace", NAMESPACE);
      json.writeArrayFieldStart("Dimensions");
      json.writeStartArray();
      json.writeString(dimension);
      json.writeEndArray();
      json.writeEndArray();
      json.writeArrayFieldStart("Metrics");
      for (Metric metric : metrics) {
        json.writeStartObject();
        json.writeStringField("Name", metric.name());
        json.writeStringField("Unit", metric.unit().text());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeStringField(dimension, owner);
      for (Metric metric : metrics) {
        json.writeNumberField(metric.name(), metric.value());
      }
    });
  }
}
