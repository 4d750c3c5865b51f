package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.longshore.core.model.ResourceStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {
  @ParameterizedTest
  @EnumSource(names = {"CREATING", "UPDATING", "DELETING"})
  @DisplayName("While a change runs neither update nor deletion is taken")
  void changing(ResourceStatus status) {
    refused("Cannot update, resource is being modified.", () -> Transitions.checkUpdate(status));
    refused(
        "Cannot delete, resource is being modified.", () -> Transitions.checkDelete(status, false));
  }

  @ParameterizedTest
  @EnumSource(names = {"VALID", "INVALID"})
  @DisplayName("What is at rest, even INVALID, can be updated and, when DISABLED, deleted")
  void resting(ResourceStatus status) {
    assertThatNoException().isThrownBy(() -> Transitions.checkUpdate(status));
    assertThatNoException().isThrownBy(() -> Transitions.checkDelete(status, false));
    refused("Cannot delete, state must be DISABLED.", () -> Transitions.checkDelete(status, true));
  }
}
