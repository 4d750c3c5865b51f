package dev.longshore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.benchmarks.coldstart.ColdStarts.Measured;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  @Test
  @DisplayName("The goal holds for what is deployed and for a cache, each beside the bare JVM")
  void goals() {
    Part part =
        FirstAnswer.part(
            new Measured(
                List.of(70.0),
                List.of(2000.0),
                List.of(900.0, 1000.0, 1100.0),
                List.of(1200.0),
                List.of(30.0),
                List.of(401.0)),
            3);
    assertThat(part.missed()).isEqualTo(1);
    assertThat(part.lines())
        .anyMatch(line -> line.contains("bare JVM") && line.contains("70"))
        .anyMatch(line -> line.contains("no snapshot: 900 to 1,100 ms"))
        .anyMatch(line -> line.contains("from the snapshot on") && line.contains("pass"))
        .anyMatch(line -> line.contains("with an AOT cache") && line.contains("MISS"));
  }
}
