package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.functions.permission.SeenPermissions;
import dev.longshore.functions.permission.SeenPermissions.Place;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NeededPermissionsTest {
  @Test
  @DisplayName("The functions need the permissions that are written down, no more and no less")
  void asWrittenDown() {
    assertThat(Ways.needed()).containsExactlyInAnyOrderElementsOf(SeenPermissions.in(Place.FAKES));
  }
}
