package dev.longshore.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.functions.permission.Permission;
import dev.longshore.functions.permission.SeenPermissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of the roles, against what the functions were seen to need of them. */
class GrantedPermissionsTest {
  private static final Set<String> GRANTED = new TreeSet<>();

  @BeforeAll
  static void synthesise(@TempDir Path folder) throws IOException {
    Template template = Template.synthesised(folder);
    for (Part part : Part.values()) {
      String function = part.name().toLowerCase(Locale.ROOT);
      for (JsonNode statement : template.statements(part)) {
        for (JsonNode action : each(statement.path("Action"))) {
          for (JsonNode resource : each(statement.path("Resource"))) {
            GRANTED.add(
                SeenPermissions.line(
                    function, new Permission(action.asText(), GrantedResource.word(resource))));
          }
        }
      }
    }
  }

  private static Iterable<JsonNode> each(JsonNode oneOrMore) {
    return oneOrMore.isArray() ? oneOrMore : List.of(oneOrMore);
  }

  @Test
  @DisplayName("All that a function was seen to need is granted to its role")
  void nothingMissing() {
    Set<String> missing = SeenPermissions.all();
    missing.removeAll(GRANTED);
    assertThat(missing).isEmpty();
  }

  @Test
  @DisplayName("What is granted and was not seen to be needed is explained, line by line")
  void nothingUnexplained() throws IOException {
    Set<String> unseen = new TreeSet<>(GRANTED);
    unseen.removeAll(SeenPermissions.all());
    assertThat(unseen).containsExactlyInAnyOrderElementsOf(explained());
  }

  /** Each line has a reason. */
  private static Set<String> explained() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(GrantedPermissionsTest.class.getResourceAsStream("explained.txt"))) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" +\\| ", -1))
          .filter(columns -> columns.length == 2 && !columns[1].isBlank())
          .map(columns -> columns[0])
          .collect(toCollection(TreeSet::new));
    }
  }
}
