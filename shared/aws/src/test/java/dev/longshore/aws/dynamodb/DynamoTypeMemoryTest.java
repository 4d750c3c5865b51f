package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.prices.TypeMemory.Kept;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DynamoTypeMemoryTest {
  private final DynamoTypeMemory memory = new DynamoTypeMemory(EmbeddedTables.fresh());

  @Test
  @DisplayName("A refresh is kept by whoever is first")
  void firstKeeps() {
    assertThat(memory.read()).isEmpty();
    assertThat(memory.keep(new Kept("a", 7), 0)).isTrue();
    assertThat(memory.keep(new Kept("b", 8), 0)).isFalse();
    assertThat(memory.keep(new Kept("c", 9), 7)).isTrue();
    assertThat(memory.read().orElseThrow().packed()).isEqualTo("c");
    assertThat(memory.read().orElseThrow().at()).isEqualTo(9);
  }
}
