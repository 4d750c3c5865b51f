package dev.longshore.aws.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.aws.audit.LogBatch.Line;
import dev.longshore.aws.events.EventWriter;
import dev.longshore.core.port.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class AuditEventsTest {
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/pipeline/run-1";
  private static final long LOGGED = Instant.parse("2026-03-01T10:00:09.500Z").toEpochMilli();

  private final Bus bus = new Bus();
  private final AuditEvents events = new AuditEvents(new EventWriter(bus, "default"), "eu-west-1");

  /** A bus that refuses some of a call's entries as often as it is told. */
  private static final class Bus implements EventBridgeClient {
    private final List<PutEventsRequestEntry> taken = new ArrayList<>();
    private int refusals;

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
      assertThat(request.entries()).hasSizeBetween(1, 10);
      List<PutEventsResultEntry> results = new ArrayList<>();
      for (PutEventsRequestEntry entry : request.entries()) {
        if (refusals > 0 && results.size() % 3 == 0) {
          refusals--;
          results.add(PutEventsResultEntry.builder().errorCode("ThrottlingException").build());
        } else {
          taken.add(entry);
          results.add(PutEventsResultEntry.builder().eventId("e").build());
        }
      }
      return PutEventsResponse.builder().entries(results).build();
    }

    @Override
    public String serviceName() {
      return "events";
    }

    @Override
    public void close() {}
  }

  private static String line(String agent, String route, String arn, int status, String message) {
    return """
    {"userAgent":"%s","requestURI":"/v1/submitjob","httpMethod":"POST","eventVersion":"1.11",\
    "eventSource":"longshore.batch","eventTime":"01/Mar/2026:12:00:00 +0200","eventName":"%s",\
    "sourceIPAddress":"203.0.113.7","userIdentity":{"arn":"%s",\
    "principalId":"AROAEXAMPLE:run-1","accountId":"111122223333"},"requestID":"r-1",\
    "httpStatus":"%d","errorMessage":"%s","gatewayError":"-","responseLength":"120",\
    "recipientAccountId":"111122223333","eventType":"AwsApiCall"}\
    """
        .formatted(agent, route, arn, status, message);
  }

  private JsonNode told(String message) throws IOException {
    events.publish(List.of(new Line("id-1", LOGGED, message)));
    return new ObjectMapper().readTree(bus.taken.getLast().detail());
  }

  @Test
  @DisplayName("A call is told of as CloudTrail does: who, from where, what, with which result")
  void shape() throws IOException {
    JsonNode told = told(line("aws-cli/2", "POST /v1/submitjob", SESSION, 200, "-"));
    assertThat(told)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"eventVersion":"1.11",
                     "userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:run-1",
                      "arn":"arn:aws:sts::111122223333:assumed-role/pipeline/run-1",
                      "accountId":"111122223333",
                      "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE",
                       "accountId":"111122223333","userName":"pipeline"}}},
                     "eventTime":"2026-03-01T10:00:00Z","eventSource":"longshore.batch",
                     "eventName":"SubmitJob","awsRegion":"eu-west-1",
                     "sourceIPAddress":"203.0.113.7","userAgent":"aws-cli/2",
                     "requestParameters":null,"responseElements":null,
                     "additionalEventData":{"httpMethod":"POST","requestURI":"/v1/submitjob",
                      "httpStatus":200,"responseLength":120},
                     "requestID":"r-1","eventID":"ea922a62-7148-36c9-9550-dfa27f9ca17a",
                     "readOnly":false,"eventType":"AwsApiCall","managementEvent":true,
                     "recipientAccountId":"111122223333","eventCategory":"Management"}
                    """));
    PutEventsRequestEntry entry = bus.taken.getFirst();
    assertThat(entry.source()).isEqualTo("longshore.batch");
    assertThat(entry.detailType()).isEqualTo("AWS API Call via CloudTrail");
    assertThat(entry.eventBusName()).isEqualTo("default");
    assertThat(entry.time()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
  }

  @ParameterizedTest
  @DisplayName("A call that went wrong has the error that the caller was told, by its status")
  @CsvSource({
    "400, -, ClientException",
    "413, -, ClientException",
    "403, Forbidden, AccessDeniedException",
    "404, Not Found, UnknownOperationException",
    "429, Too Many Requests, ThrottlingException",
    "500, -, ServerException",
    "503, Service Unavailable, ServerException"
  })
  void refused(int status, String message, String code) throws IOException {
    JsonNode told = told(line("a", "POST /v1/submitjob", "-", status, message));
    assertThat(told.path("errorCode").asText()).isEqualTo(code);
    assertThat(told.path("errorMessage").asText("-")).isEqualTo(message);
    assertThat(told.at("/additionalEventData/httpStatus").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @DisplayName("The type of who called follows from the ARN; who did not sign is unknown")
  @CsvSource({
    "arn:aws:iam::111122223333:user/team/alice, IAMUser, alice",
    "arn:aws:iam::111122223333:root, Root, ''",
    "arn:aws:sts::111122223333:federated-user/f, FederatedUser, ''",
    "arn:aws-cn:sts::111122223333:assumed-role/pipeline/run-1, AssumedRole, ''",
    "-, Unknown, ''"
  })
  void identities(String arn, String type, String user) throws IOException {
    JsonNode identity = told(line("a", "POST /v1/submitjob", arn, 200, "-")).path("userIdentity");
    assertThat(identity.path("type").asText()).isEqualTo(type);
    assertThat(identity.path("userName").asText()).isEqualTo(user);
    assertThat(identity.path("arn").asText("-")).isEqualTo(arn);
  }

  @ParameterizedTest
  @DisplayName("Operations have their names, and say whether they only read")
  @CsvSource({
    "POST /v1/describejobs, DescribeJobs, true",
    "POST /v1/terminatejobs, TerminateJobs, false",
    "DELETE /v1/tags/{resourceArn+}, UntagResource, false",
    "GET /v1/tags/{resourceArn+}, ListTagsForResource, true",
    "GET /longshore/v1/jobs/{id}/explain, Explain, true",
    "-, Unknown, false"
  })
  void operations(String route, String name, boolean reads) throws IOException {
    JsonNode told = told(line("a", route, SESSION, 200, "-"));
    assertThat(told.path("eventName").asText()).isEqualTo(name);
    assertThat(told.path("readOnly").asBoolean()).isEqualTo(reads);
  }

  @ParameterizedTest
  @DisplayName("Of a line that a client has broken the gateway's part is told, and all as it is")
  @ValueSource(
      strings = {
        "say \"hi\"",
        "back\\slash",
        "x\",\"userIdentity\":{\"arn\":\"arn:aws:iam::111122223333:user/boss\"},\"x\":\"",
        "x\",\"sourceIPAddress\":\"192.0.2.1",
        "x\"} ",
        "x\",\"eventVersion\":\"1\",\"eventName\":\"POST /v1/canceljob\",\"httpStatus\":\"200\"} "
      })
  void broken(String agent) throws IOException {
    String message = line(agent, "POST /v1/submitjob", SESSION, 403, "Forbidden");
    JsonNode told = told(message);
    assertThat(told.at("/additionalEventData/line").asText()).isEqualTo(message);
    assertThat(told.at("/userIdentity/arn").asText()).isEqualTo(SESSION);
    assertThat(told.path("eventName").asText()).isEqualTo("SubmitJob");
    assertThat(told.path("eventTime").asText()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(told.path("sourceIPAddress").asText()).isEqualTo("203.0.113.7");
    assertThat(told.path("errorCode").asText()).isEqualTo("AccessDeniedException");
    assertThat(told.path("userAgent").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @DisplayName("A line that is none of the gateway's is told of as it is")
  @ValueSource(strings = {"", "hello", "[]", "{\"eventVersion\""})
  void foreign(String message) throws IOException {
    JsonNode told = told(message);
    assertThat(told.at("/additionalEventData/line").asText()).isEqualTo(message);
    assertThat(told.at("/userIdentity/type").asText()).isEqualTo("Unknown");
    assertThat(told.path("eventName").asText()).isEqualTo("Unknown");
    assertThat(told.path("eventTime").asText()).isEqualTo("2026-03-01T10:00:09Z");
  }

  @Test
  @DisplayName("A line that comes again is the same event, and another line another one")
  void sameEvent() throws IOException {
    String message = line("a", "POST /v1/submitjob", SESSION, 200, "-");
    String first = told(message).path("eventID").asText();
    assertThat(told(message).path("eventID").asText()).isEqualTo(first);
    events.publish(List.of(new Line("id-2", LOGGED, message)));
    assertThat(bus.taken.getLast().detail()).doesNotContain(first);
  }

  @Test
  @DisplayName("All lines of a batch are told of once, ten in a call, what was refused again")
  void portions() {
    bus.refusals = 5;
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      String route = "POST /v1/submitjob";
      lines.add(new Line("id-" + i, LOGGED, line("agent-" + i, route, SESSION, 200, "-")));
    }
    events.publish(lines);
    assertThat(bus.taken)
        .extracting(it -> it.detail().replaceAll(".*\"(agent-\\d+)\".*", "$1"))
        .containsExactlyInAnyOrderElementsOf(
            lines.stream().map(it -> "agent-" + it.id().substring(3)).toList());
  }

  @Test
  @DisplayName("A bus that keeps refusing fails the batch, so that it comes again")
  void refusing() {
    bus.refusals = Integer.MAX_VALUE;
    List<Line> one = Collections.singletonList(new Line("id-1", LOGGED, "{}"));
    assertThatThrownBy(() -> events.publish(one)).isInstanceOf(StoreException.class);
  }
}
