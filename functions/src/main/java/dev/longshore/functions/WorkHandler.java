package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.aws.repair.RepairMessages;
import dev.longshore.aws.work.WorkMessages;
import dev.longshore.core.usecase.PortionWork;

/** Does the portions of work in a batch of the work queue, and the repairs of the repair queue. */
public final class WorkHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final PortionWork work;
  private final Repairs repairs;

  public WorkHandler(PortionWork work, Repairs repairs) {
    this.work = work;
    this.repairs = repairs;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Messages.each(event, message -> handle(message.getBody()));
  }

  private void handle(String body) {
    RepairMessages.read(body)
        .ifPresentOrElse(repairs::handle, () -> work.handle(WorkMessages.read(body)));
  }
}
