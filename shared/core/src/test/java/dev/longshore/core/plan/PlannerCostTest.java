package dev.longshore.core.plan;

import static dev.longshore.core.plan.Scenario.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlannerCostTest {
  private static final int HOSTS = 100;
  private static final List<Shape> SHAPES =
      List.of(shape(1, 1_000), shape(2, 3_000), shape(8, 8_000));

  /** Jobs of three shapes in turn, each a demand of its own: the worst case for runs. */
  private static Round round(int jobs) {
    Scenario scenario = new Scenario().managed("ce", 0, 800, "m").queue("q", 1, "ce");
    for (int i = 0; i < HOSTS; i++) {
      scenario.host("ce", "i-" + i, "m.large");
    }
    for (int i = 0; i < jobs; i++) {
      scenario.jobs("q", 1, SHAPES.get(i % SHAPES.size()));
    }
    return new Round(scenario.snapshot(), Scenario.TYPES);
  }

  @Test
  @DisplayName("10,000 jobs of 3 shapes on 100 hosts look at few hosts: shapes times hosts")
  void costGrowsWithShapesTimesHosts() {
    Round round = round(10_000);
    int placed = round.plan().placements().size();
    assertThat(placed).isPositive();
    assertThat(round.examined()).isLessThan(3 * SHAPES.size() * HOSTS + placed);
  }

  @Test
  @DisplayName("Jobs that find no room cost nothing more, however many they are")
  void waitingJobsAreFree() {
    Round few = round(2_000);
    Round many = round(20_000);
    few.plan();
    many.plan();
    assertThat(many.examined()).isEqualTo(few.examined());
  }
}
