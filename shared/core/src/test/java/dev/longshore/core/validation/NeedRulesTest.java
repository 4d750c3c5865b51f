package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.longshore.core.model.Need;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NeedRulesTest {
  @Test
  @DisplayName("A list has at most 5 consumable resources")
  void count() {
    assertThatCode(() -> NeedRules.checkCount(5)).doesNotThrowAnyException();
    refused(
        "consumableResourceList must have at most 5 entries, but has 6.",
        () -> NeedRules.checkCount(6));
  }

  @Test
  @DisplayName("A resource is asked for once, at least 1 of it")
  void each() {
    NeedRules.checkEach(List.of(new Need("a", 1), new Need("b", 1)));
    refused(
        "consumableResourceList must name a only once.",
        () -> NeedRules.checkEach(List.of(new Need("a", 1), new Need("a", 2))));
    refused(
        "consumableResourceList.quantity must be between 1 and 1000000000000.",
        () -> NeedRules.checkEach(List.of(new Need("a", 0))));
  }
}
