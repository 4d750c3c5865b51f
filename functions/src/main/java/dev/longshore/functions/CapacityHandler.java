package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.core.usecase.CapacityRound;

/**
 * Runs a capacity round for each domain that was nudged. The body of a message is the name of the
 * domain.
 */
public final class CapacityHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Rounds rounds;

  public CapacityHandler(CapacityRound round, FailedRounds failed) {
    this.rounds = new Rounds("capacity", round::run, failed);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return rounds.run(event);
  }
}
