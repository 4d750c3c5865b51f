package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DefinitionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DynamoTaskDefinitionsTest {
  private static final DefinitionId ID = new DefinitionId("d", 3);
  private final DynamoTaskDefinitions memory = new DynamoTaskDefinitions(EmbeddedTables.fresh());

  @Test
  @DisplayName("Of two that register the same content the first one that is remembered counts")
  void firstCounts() {
    assertThat(memory.find(ID, "abc")).isEmpty();
    assertThat(memory.remember(ID, "abc", 4, 0)).isEqualTo(4);
    assertThat(memory.remember(ID, "abc", 5, 0)).isEqualTo(4);
    assertThat(memory.find(ID, "abc")).hasValue(4);
    assertThat(memory.find(ID, "abd")).isEmpty();
    assertThat(memory.find(new DefinitionId("d", 4), "abc")).isEmpty();
  }

  @Test
  @DisplayName("One that is of no use any more is replaced once")
  void replacedOnce() {
    memory.remember(ID, "abc", 4, 0);
    assertThat(memory.remember(ID, "abc", 6, 4)).isEqualTo(6);
    assertThat(memory.remember(ID, "abc", 7, 4)).isEqualTo(6);
  }
}
