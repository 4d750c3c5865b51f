package dev.longshore.functions.telemetry;

/**
 * One measured value.
 *
 * @param name as CloudWatch shows it
 * @param unit of CloudWatch
 * @param value in this unit
 */
record Metric(String name, Unit unit, double value) {

  /** Units of CloudWatch that are in use here. */
  enum Unit {
    COUNT("Count"),
    SECONDS("Seconds"),
    MILLISECONDS("Milliseconds");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
