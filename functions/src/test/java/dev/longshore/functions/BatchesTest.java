package dev.longshore.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.longshore.core.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a batch of which a part fails. */
class BatchesTest {
  private final List<String> done = new ArrayList<>();

  private static SQSEvent messages(String... bodies) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        Stream.of(bodies)
            .map(body -> {
              SQSMessage message = new SQSMessage();
              message.setMessageId("id of " + body);
              message.setBody(body);
              return message;
            })
            .toList());
    return event;
  }

  private void take(String body) {
    if (body.startsWith("bad")) {
      throw new StoreException("no answer", new IllegalStateException());
    }
    done.add(body);
  }

  @Test
  @DisplayName(
      "Messages that fail are named, so that only they come again, until their queue gives them up")
  void onlyWhatFailedComesAgain() {
    SQSEvent batch = messages("a", "bad 1", "b", "bad 2", "c");

    assertThat(Messages.each(batch, message -> take(message.getBody())).getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("id of bad 1", "id of bad 2");
    assertThat(done).containsExactly("a", "b", "c");
  }

  @Test
  @DisplayName(
      "A round that fails is counted, stops no other one, and its nudge does not come again")
  void failedRoundsAreCounted() {
    List<String> failed = new ArrayList<>();
    Rounds rounds = new Rounds("capacity", this::take, failed::add);

    assertThat(rounds.run(messages("bad", "a", "a", "bad", "b")).getBatchItemFailures()).isEmpty();
    assertThat(failed).containsExactly("capacity");
    assertThat(done).containsExactly("a", "b");
  }
}
