package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.longshore.aws.work.WorkMessages;
import dev.longshore.core.usecase.PortionWork;

/** Does the portions of work in a batch of the work queue. */
public final class WorkHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final PortionWork work;

  public WorkHandler(PortionWork work) {
    this.work = work;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return Messages.each(event, message -> work.handle(WorkMessages.read(message.getBody())));
  }
}
