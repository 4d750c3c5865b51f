package dev.longshore.infra;

import java.util.Arrays;
import software.amazon.awscdk.services.logs.RetentionDays;

/** Days for which CloudWatch can keep logs. */
final class Retention {
  private Retention() {}

  /**
   * This many days.
   *
   * @throws IllegalArgumentException when CloudWatch has no such retention
   */
  static RetentionDays of(int days) {
    String[] names = {
      "ONE_DAY",
      "THREE_DAYS",
      "FIVE_DAYS",
      "ONE_WEEK",
      "TWO_WEEKS",
      "ONE_MONTH",
      "TWO_MONTHS",
      "THREE_MONTHS",
      "FOUR_MONTHS",
      "FIVE_MONTHS",
      "SIX_MONTHS",
      "ONE_YEAR",
      "THIRTEEN_MONTHS",
      "EIGHTEEN_MONTHS",
      "TWO_YEARS",
      "FIVE_YEARS",
      "TEN_YEARS"
    };
    int[] lengths = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653};
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] == days) {
        return RetentionDays.valueOf(names[i]);
      }
    }
    throw new IllegalArgumentException(
        "CloudWatch keeps logs for one of these numbers of days: " + Arrays.toString(lengths));
  }
}
