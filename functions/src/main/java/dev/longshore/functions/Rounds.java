package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One round for each domain in a batch of nudges. The answer is success also when a round failed: a
 * failed batch would stall its domain until the messages are visible again, while the next nudge or
 * timer plans anew anyway ({@code data-model} 7). So rounds that fail are counted here: no queue
 * and no error of the function tells of them.
 */
final class Rounds {
  private static final Logger LOG = System.getLogger(Rounds.class.getName());

  private final String kind;
  private final Consumer<String> round;
  private final FailedRounds failed;

  Rounds(String kind, Consumer<String> round, FailedRounds failed) {
    this.kind = kind;
    this.round = round;
    this.failed = failed;
  }

  SQSBatchResponse run(SQSEvent event) {
    Set<String> domains = new TreeSet<>();
    for (SQSMessage message : event.getRecords()) {
      domains.add(message.getBody());
    }
    for (String domain : domains) {
      try {
        round.accept(domain);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the " + kind + " round of " + domain + " failed", e);
        failed.count(kind);
      }
    }
    return new SQSBatchResponse(List.of());
  }
}
