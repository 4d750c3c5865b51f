package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.core.usecase.ScheduleRound;

/**
 * Runs a scheduling round for each domain that was nudged. The body of a message is the name of the
 * domain.
 */
public final class SchedulerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Rounds rounds;

  public SchedulerHandler(ScheduleRound round, FailedRounds failed) {
    this.rounds = new Rounds("scheduling", round::run, failed);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return rounds.run(event);
  }
}
