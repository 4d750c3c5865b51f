package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.functions.Nobody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two jobs end, and each has one that waits for it. One of those cannot be written for a while. */
class ParkedChangesTest {
  private static final String DONE = "SUCCEEDED Essential container in task exited 0 ";

  private final Rig rig = new Rig();
  private final Story story = new Story(rig);

  @BeforeEach
  void poison() {
    story.prepare();
    story.submit("bad", "");
    story.submit("good", "");
    story.submit("after-bad", dependingOn("bad"));
    story.submit("after-good", dependingOn("good"));
    rig.stream().refuse(story.id("after-bad"));
  }

  private String dependingOn(String name) {
    return ",\"dependsOn\":[{\"jobId\":\"" + story.id(name) + "\"}]";
  }

  private String outcome(String name) {
    return story.outcome().getOrDefault(name, "");
  }

  private List<Delivery> repairs() {
    return rig.delivered(Entry.WORK).stream()
        .filter(it -> bodyOf(it).contains("\"repair\""))
        .toList();
  }

  private static String bodyOf(Delivery delivery) {
    return ((SQSEvent) delivery.event()).getRecords().getFirst().getBody();
  }

  private void after(int minutes) {
    rig.pass(Duration.ofMinutes(minutes));
    rig.settle();
  }

  @Test
  @DisplayName(
      "A change whose consequences fail holds up no other one, and is repaired when its cause is"
          + " gone")
  void repaired() {
    rig.settle();
    assertThat(outcome("after-good")).isEqualTo(DONE);
    assertThat(outcome("after-bad")).startsWith("PENDING");
    after(1);
    after(2);
    assertThat(repairs()).hasSize(2);
    assertThat(outcome("after-bad")).startsWith("PENDING");

    rig.stream().refuse(null);
    after(4);
    assertThat(outcome("after-bad")).isEqualTo(DONE);
    assertThat(repairs()).hasSize(3);
    after(15);
    assertThat(repairs()).hasSize(3);
  }

  @Test
  @DisplayName("Repairs that come again, old ones too, change nothing")
  void again() {
    rig.settle();
    rig.stream().refuse(null);
    after(1);
    assertThat(outcome("after-bad")).isEqualTo(DONE);
    Map<String, Object> before = rig.state();
    for (Delivery repair : repairs()) {
      rig.invoke(repair);
      rig.invoke(repair);
    }
    rig.settle();
    assertThat(rig.state()).isEqualTo(before);
  }

  @Test
  @DisplayName("The last repair that fails is left to the queue, whose failures have an alarm")
  void last() {
    rig.settle();
    String body = "{\"repair\":\"Job\",\"job\":\"%s\",\"tries\":%d}".formatted(story.id("bad"), 6);
    Delivery last = Delivery.messages(Entry.WORK, List.of(rig.sqs().message(body)));
    assertThat(rig.failures(last)).hasSize(1);

    rig.stream().refuse(null);
    assertThat(rig.failures(last)).isEmpty();
    rig.settle();
    assertThat(outcome("after-bad")).isEqualTo(DONE);
  }

  @Test
  @DisplayName("When nothing can be parked the record is named, and comes again")
  void notParked() {
    rig.sqs().refuse(Rig.SETTINGS.repairQueue());
    List<Delivery> come = new ArrayList<>();
    rig.deliverBy(next -> {
      if (next.to() == Entry.PROGRESS && !rig.failures(next).isEmpty()) {
        come.add(next);
        return List.of();
      }
      return List.of(next);
    });
    rig.settle();
    assertThat(come).hasSize(1);
    rig.stream().refuse(null);
    come.forEach(rig::invoke);
    rig.settle();
    assertThat(outcome("after-bad")).isEqualTo(DONE);
  }

  @Test
  @DisplayName("Without time for another try a change is parked as it is")
  void noTime() {
    List<Delivery> late = new ArrayList<>();
    rig.deliverBy(next -> {
      if (next.to() != Entry.PROGRESS) {
        return List.of(next);
      }
      late.add(next);
      assertThat(rig.failures(next, Nobody.with(5_000))).isEmpty();
      return List.of();
    });
    rig.settle();
    assertThat(late).isNotEmpty();
    rig.stream().refuse(null);
    rig.deliverBy(List::of);
    after(1);
    assertThat(outcome("after-bad")).isEqualTo(DONE);
  }
}
