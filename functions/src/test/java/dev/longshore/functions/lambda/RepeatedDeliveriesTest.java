package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.port.BatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries come at least once and in any order, at each of the functions. */
class RepeatedDeliveriesTest {
  private static final Map<String, String> OUTCOME =
      Map.of(
          "single", "SUCCEEDED Essential container in task exited 0 ",
          "later", "SUCCEEDED Essential container in task exited 0 ",
          "again", "SUCCEEDED Essential container in task exited 1 0 ",
          "long", "SUCCEEDED Essential container in task exited 0 ",
          "unwanted", "FAILED unwanted 137 ");

  private final Rig rig = new Rig();
  private final Random random = new Random(7);

  private static Set<String> told(Rig rig) {
    Set<String> told = new TreeSet<>();
    for (BatchEvent event : rig.told()) {
      told.add(event.job().key() + " " + event.sequence());
    }
    return told;
  }

  private void outcomeIsRight(Story story) {
    Map<String, String> outcome = story.outcome();
    assertThat(outcome).containsAllEntriesOf(OUTCOME);
    assertThat(outcome.get("array")).startsWith("SUCCEEDED").contains("\"SUCCEEDED\":3");
    // One each, and one more for the retry: three singles, the children, those that ran long.
    assertThat(rig.agents().tasks()).hasSize(9);
  }

  @Test
  @DisplayName("Without trouble all jobs of the story end as they should, and all hosts go")
  void story() {
    Story story = new Story(rig).prepare().begin();
    story.end();
    outcomeIsRight(story);
    assertThat(rig.ec2().terminated).isNotEmpty();
    for (Entry entry : Entry.values()) {
      assertThat(rig.delivered(entry)).as(entry.name()).isNotEmpty();
    }
  }

  @Test
  @DisplayName(
      "A SubmitJob that comes again with its amz-sdk-invocation-id answers the same job, also when"
          + " that is over, and starts nothing")
  void submittedAgain() {
    Story story = new Story(rig).prepare();
    String id = story.submit("single", "");
    Delivery call = rig.delivered(Entry.API).getLast();
    assertThat(rig.answer(call)).contains(id);
    rig.settle();
    assertThat(story.outcome().get("single")).startsWith("SUCCEEDED");
    assertThat(rig.answer(call)).contains(id);
    rig.settle();
    assertThat(rig.agents().tasks()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Entry.class)
  @DisplayName("All that a function was ever given changes nothing when it comes again, shuffled")
  void late(Entry entry) {
    Story story = new Story(rig).prepare().begin();
    replay(entry, 0);
    story.end();
    // A host that registers again long after it was terminated is cleared away by the sweep.
    replay(entry, 15);
    outcomeIsRight(story);
  }

  private void replay(Entry entry, int minutes) {
    Map<String, Object> before = rig.state();
    Set<String> told = told(rig);
    List<Delivery> again = new ArrayList<>();
    rig.delivered(entry).forEach(delivery -> again.addAll(delivery.reversed()));
    Collections.shuffle(again, random);
    again.forEach(rig::invoke);
    // What follows from it, portions that are sent with a delay included, changes nothing either.
    for (int round = 0; round < 20; round++) {
      rig.settle();
      rig.pass(Duration.ofSeconds(1));
    }
    for (int minute = 0; minute < minutes; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
    assertThat(rig.state()).isEqualTo(before);
    assertThat(told(rig)).isEqualTo(told);
  }

  @ParameterizedTest
  @EnumSource(Entry.class)
  @DisplayName("Jobs end the same when all deliveries come twice, out of order and with old ones")
  void meanwhile(Entry entry) {
    rig.deliverBy(next -> next.to() == entry ? troubled(next) : List.of(next));
    Story story = new Story(rig).prepare().begin();
    story.end();
    rig.deliverBy(List::of);
    outcomeIsRight(story);
  }

  /** An old one, this one in parts and in the other order, and then as it is. */
  private List<Delivery> troubled(Delivery next) {
    List<Delivery> all = new ArrayList<>();
    List<Delivery> past = rig.delivered(next.to());
    all.add(past.get(random.nextInt(past.size())));
    all.addAll(next.reversed());
    all.add(next);
    return all;
  }
}
