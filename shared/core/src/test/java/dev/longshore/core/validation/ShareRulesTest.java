package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareRulesTest {
  @Test
  @DisplayName("Half-life 0 to 604800 s, reservation 0 to 99 percent, both optional")
  void ranges() {
    assertThatNoException().isThrownBy(() -> ShareRules.checkPolicy(null, null));
    assertThatNoException().isThrownBy(() -> ShareRules.checkPolicy(604_800, 99));
    refused(
        "shareDecaySeconds must be between 0 and 604800.",
        () -> ShareRules.checkPolicy(604_801, 0));
    refused("computeReservation must be between 0 and 99.", () -> ShareRules.checkPolicy(0, 100));
    refused("computeReservation must be between 0 and 99.", () -> ShareRules.checkPolicy(0, -1));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.0001f, 1f, 999.9999f})
  @DisplayName("Weights from 0.0001 to 999.9999, ends included")
  void weights(float weight) {
    assertThatNoException().isThrownBy(() -> ShareRules.checkWeight(weight));
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.00009f, 1000f, -1f})
  @DisplayName("Other weights are refused")
  void badWeights(float weight) {
    refused(
        "weightFactor must be between 0.0001 and 999.9999.", () -> ShareRules.checkWeight(weight));
  }

  @ParameterizedTest
  @CsvSource({
    "UserA*, UserA1",
    "UserA1, UserA*",
    "User*, UserA*",
    "UserA*, UserA",
    "UserA, UserA",
    "UserA*, UserA*"
  })
  @DisplayName("No share may be matched by two entries")
  void overlaps(String one, String other) {
    refused(
        "shareDistribution entries %s and %s overlap.".formatted(one, other),
        () -> ShareRules.checkIdentifiers(List.of(one, "z", other)));
  }

  @Test
  @DisplayName("Entries that match different shares stand together, upper and lower case differ")
  void apart() {
    assertThatNoException()
        .isThrownBy(
            () -> ShareRules.checkIdentifiers(List.of("UserA*", "UserB", "User", "usera1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a b", "a-b", "a*b", "a**"})
  @DisplayName("An identifier consists of letters and digits, optionally with a last *")
  void identifiers(String entry) {
    refused(
        "shareIdentifier %s must consist of letters and digits, optionally ending with *."
            .formatted(entry),
        () -> ShareRules.checkIdentifiers(List.of(entry)));
  }

  @Test
  @DisplayName("At most 500 entries")
  void count() {
    List<String> many = IntStream.range(1000, 1501).mapToObj(i -> "s" + i).toList();
    assertThatNoException().isThrownBy(() -> ShareRules.checkIdentifiers(many.subList(0, 500)));
    refused(
        "shareDistribution must have at most 500 entries.",
        () -> ShareRules.checkIdentifiers(many));
  }
}
