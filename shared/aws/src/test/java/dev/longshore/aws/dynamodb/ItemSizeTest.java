package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ItemSizeTest {
  @Test
  @DisplayName("Names and texts count their UTF-8 bytes, numbers half a byte a digit and one")
  void scalars() {
    assertThat(size(new Item().put("ab", "Grüße"))).isEqualTo(2 + 7);
    assertThat(size(new Item().put("n", 1_772_323_200_001L))).isEqualTo(1 + 8);
    assertThat(size(new Item().put("n", 1_000L))).isEqualTo(1 + 2);
    assertThat(size(new Item().put("f", true))).isEqualTo(2);
    assertThat(size(new Item().put("b", new byte[36]))).isEqualTo(37);
  }

  @Test
  @DisplayName("Lists and maps count three bytes and one for each element")
  void containers() {
    assertThat(size(new Item().putTexts("l", List.of("a", "b")))).isEqualTo(1 + 3 + 2 + 2);
    assertThat(size(new Item().putTextMap("m", Map.of("k", "v")))).isEqualTo(1 + 3 + 1 + 2);
    assertThat(size(new Item().putSet("s", List.of(new byte[16], new byte[16])))).isEqualTo(33);
  }

  @Test
  @DisplayName("A write unit is a KB, and none is less than one")
  void units() {
    assertThat(ItemSize.units(0)).isEqualTo(1);
    assertThat(ItemSize.units(1_024)).isEqualTo(1);
    assertThat(ItemSize.units(1_025)).isEqualTo(2);
  }

  private static int size(Item item) {
    return ItemSize.of(item.attributes());
  }
}
