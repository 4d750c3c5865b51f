package dev.longshore.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable("<name", "figure", "<goal");
    table.row("a", 1, "none");
    table.row("longer", 12_345_678, "");
    assertThat(table.lines())
        .containsExactly(
            "name      figure  goal", //
            "a              1  none",
            "longer  12345678");
  }

  @Test
  void aRowHasACellForEachColumn() {
    TextTable table = new TextTable("<name", "figure");
    assertThatThrownBy(() -> table.row("only one")).isInstanceOf(IllegalArgumentException.class);
  }
}
