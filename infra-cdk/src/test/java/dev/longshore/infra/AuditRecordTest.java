package dev.longshore.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.aws.audit.AuditEvents;
import dev.longshore.aws.audit.LogBatch.Line;
import dev.longshore.aws.events.EventWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class AuditRecordTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]+)");

  /** Values of those variables of an HTTP API's access log that AWS documents and we use. */
  private static final Map<String, String> CALL =
      Map.ofEntries(
          Map.entry("accountId", "111122223333"),
          Map.entry("error.message", "-"),
          Map.entry("error.responseType", "-"),
          Map.entry("httpMethod", "POST"),
          Map.entry("identity.accountId", "111122223333"),
          Map.entry("identity.caller", "AIDAEXAMPLE"),
          Map.entry("identity.sourceIp", "203.0.113.7"),
          Map.entry("identity.userAgent", "aws-cli/2"),
          Map.entry("identity.userArn", "arn:aws:iam::111122223333:user/alice"),
          Map.entry("path", "/v1/canceljob"),
          Map.entry("requestId", "r-1"),
          Map.entry("requestTime", "01/Sep/2026:12:00:00 +0000"),
          Map.entry("responseLength", "2"),
          Map.entry("routeKey", "POST /v1/canceljob"),
          Map.entry("status", "200"));

  private static String written(Map<String, String> values) {
    return VARIABLE
        .matcher(AuditRecord.FORMAT)
        .replaceAll(it -> Matcher.quoteReplacement(String.valueOf(values.get(it.group(1)))));
  }

  private static JsonNode told(String line) throws IOException {
    List<PutEventsRequestEntry> taken = new ArrayList<>();
    EventBridgeClient bus =
        new EventBridgeClient() {
          @Override
          public PutEventsResponse putEvents(PutEventsRequest request) {
            taken.addAll(request.entries());
            return PutEventsResponse.builder()
                .entries(PutEventsResultEntry.builder().eventId("e").build())
                .build();
          }

          @Override
          public String serviceName() {
            return "events";
          }

          @Override
          public void close() {}
        };
    new AuditEvents(new EventWriter(bus, "default"), "eu-west-1")
        .publish(List.of(new Line("1", 0, line)));
    return new ObjectMapper().readTree(taken.getFirst().detail());
  }

  @Test
  @DisplayName("What the gateway writes about a call, the function that reads it understands")
  void understood() throws IOException {
    assertThat(written(CALL)).doesNotContain("null", "$");
    JsonNode told = told(written(CALL));
    assertThat(told.path("eventName").asText()).isEqualTo("CancelJob");
    assertThat(told.path("eventTime").asText()).isEqualTo("2026-09-01T12:00:00Z");
    assertThat(told.path("sourceIPAddress").asText()).isEqualTo("203.0.113.7");
    assertThat(told.path("requestID").asText()).isEqualTo("r-1");
    assertThat(told.path("recipientAccountId").asText()).isEqualTo("111122223333");
    assertThat(told.at("/userIdentity/userName").asText()).isEqualTo("alice");
    assertThat(told.at("/userIdentity/principalId").asText()).isEqualTo("AIDAEXAMPLE");
    assertThat(told.at("/additionalEventData/httpStatus").asInt()).isEqualTo(200);
    assertThat(told.at("/additionalEventData/requestURI").asText()).isEqualTo("/v1/canceljob");
  }

  @Test
  @DisplayName("Who calls cannot say that it was somebody else, wherever a gateway escapes nothing")
  void notForged() throws IOException {
    for (String chosen : List.of("identity.userAgent", "path", "httpMethod")) {
      Map<String, String> forged = new HashMap<>(CALL);
      forged.put(chosen, "x\",\"userIdentity\":{\"arn\":\"arn:aws:iam::1:user/boss\"},\"y\":\"");
      JsonNode told = told(written(forged));
      assertThat(told.at("/userIdentity/userName").asText()).as(chosen).isEqualTo("alice");
      assertThat(told.at("/additionalEventData/line").asText()).contains("user/boss");
    }
  }
}
