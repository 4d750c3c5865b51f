package dev.longshore.core.plan;

import dev.longshore.core.plan.Turns.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The order in which the jobs of a queue would start if there were room for all of them. */
public final class LineUp {
  private LineUp() {}

  /**
   * Jobs of one demand that follow each other.
   *
   * @param demand place of the demand in the snapshot's list
   * @param count how many, from the first that was not named before
   */
  public record Run(int demand, int count) {}

  /** The first {@code limit} jobs of this queue, or a few more. */
  public static List<Run> of(Snapshot snapshot, String queue, int limit) {
    Turns turns = turns(snapshot, queue);
    List<Run> runs = new ArrayList<>();
    int named = 0;
    for (Turn turn = turns.next(); turn != null && named < limit; turn = turns.next()) {
      runs.add(new Run(turn.demand(), turn.count()));
      turns.placed(turn, turn.count());
      named += turn.count();
    }
    return runs;
  }

  /**
   * How many jobs of this queue are before one of them.
   *
   * @param demand place of its demand in the snapshot's list
   * @param place its own place among the jobs of that demand, from 0
   */
  public static int ahead(Snapshot snapshot, String queue, int demand, int place) {
    Turns turns = turns(snapshot, queue);
    int named = 0;
    int before = place;
    for (Turn turn = turns.next(); turn != null; turn = turns.next()) {
      if (turn.demand() == demand) {
        if (before < turn.count()) {
          return named + before;
        }
        before -= turn.count();
      }
      turns.placed(turn, turn.count());
      named += turn.count();
    }
    return named;
  }

  private static Turns turns(Snapshot snapshot, String queue) {
    List<Integer> own =
        IntStream.range(0, snapshot.demands().size())
            .filter(place -> snapshot.demands().get(place).queue().equals(queue))
            .boxed()
            .toList();
    return new Turns(snapshot.demands(), own, snapshot.fair().get(queue), snapshot.hosts(), 0);
  }
}
