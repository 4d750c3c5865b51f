package dev.longshore.functions.lambda;

import java.util.Collections;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** EventBridge: takes all events of a call or none. */
final class FakeEventBridge implements EventBridgeClient {
  private boolean refuses;

  /** Whether it takes events from now on. */
  void refuse(boolean all) {
    refuses = all;
  }

  @Override
  public PutEventsResponse putEvents(PutEventsRequest request) {
    PutEventsResultEntry.Builder answer = PutEventsResultEntry.builder();
    if (refuses) {
      answer.errorCode("InternalFailure");
    } else {
      answer.eventId("id");
    }
    return PutEventsResponse.builder()
        .failedEntryCount(refuses ? request.entries().size() : 0)
        .entries(Collections.nCopies(request.entries().size(), answer.build()))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
