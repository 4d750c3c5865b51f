package dev.longshore.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent.AWSLogs;
import dev.longshore.aws.audit.AuditEvents;
import dev.longshore.aws.events.EventWriter;
import dev.longshore.core.port.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Batches as CloudWatch Logs hands them to Lambda. */
class AuditHandlerTest {
  private final Bus bus = new Bus();
  private final AuditHandler handler =
      new AuditHandler(new AuditEvents(new EventWriter(bus, "default"), "eu-west-1"));

  private static final class Bus implements EventBridgeClient {
    private final List<PutEventsRequestEntry> taken = new ArrayList<>();
    private boolean silent;

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
      if (silent) {
        throw SdkClientException.create("no answer");
      }
      taken.addAll(request.entries());
      return PutEventsResponse.builder()
          .entries(
              request.entries().stream()
                  .map(_ -> PutEventsResultEntry.builder().eventId("e").build())
                  .toList())
          .build();
    }

    @Override
    public String serviceName() {
      return "events";
    }

    @Override
    public void close() {}
  }

  private static CloudWatchLogsEvent batch(String type) throws IOException {
    String json =
        """
        {"messageType":"%s","owner":"111122223333","logGroup":"audit","logStream":"s",
         "subscriptionFilters":["f"],"logEvents":[
          {"id":"1","timestamp":1772359200000,"message":"{\\"eventName\\":\\"POST /v1/submitjob\\"}"},
          {"id":"2","timestamp":1772359200000,"message":"{\\"eventName\\":\\"POST /v1/canceljob\\"}"}]}
        """
            .formatted(type);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(json.getBytes(UTF_8));
    }
    return new CloudWatchLogsEvent()
        .withAwsLogs(
            new AWSLogs().withData(Base64.getEncoder().encodeToString(bytes.toByteArray())));
  }

  @Test
  @DisplayName("Every line of a batch is told of, in order")
  void lines() throws IOException {
    handler.handleRequest(batch("DATA_MESSAGE"), Nobody.CONTEXT);
    assertThat(bus.taken)
        .extracting(it -> it.detail().replaceAll(".*\"eventName\":\"(\\w+)\".*", "$1"))
        .containsExactly("SubmitJob", "CancelJob");
  }

  @Test
  @DisplayName("A trial of CloudWatch Logs whether somebody is there is no call")
  void trial() throws IOException {
    handler.handleRequest(batch("CONTROL_MESSAGE"), Nobody.CONTEXT);
    assertThat(bus.taken).isEmpty();
  }

  @Test
  @DisplayName("What could not be told fails the batch: Lambda repeats it")
  void fails() throws IOException {
    bus.silent = true;
    CloudWatchLogsEvent batch = batch("DATA_MESSAGE");
    assertThatThrownBy(() -> handler.handleRequest(batch, Nobody.CONTEXT))
        .isInstanceOf(StoreException.class);
    CloudWatchLogsEvent other =
        new CloudWatchLogsEvent().withAwsLogs(new AWSLogs().withData("aGk="));
    assertThatThrownBy(() -> handler.handleRequest(other, Nobody.CONTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
