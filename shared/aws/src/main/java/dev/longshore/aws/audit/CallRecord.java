package dev.longshore.aws.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.aws.audit.LogBatch.Line;
import dev.longshore.aws.events.AwsEventBus;
import dev.longshore.wire.http.Paths;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A call in the shape of CloudTrail's records, made of the gateway's line about it.
 *
 * @param time when it was made
 * @param json the record
 */
record CallRecord(Instant time, String json) {
  /** The time of the common log format, in which the gateway has it. */
  private static final DateTimeFormatter LOGGED =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  /**
   * The gateway does not promise to escape what clients send it. A client that breaks out of its
   * member repeats one of ours or leaves something behind the end.
   */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Nothing from here on is a client's to choose. */
  private static final String TRUSTED = "\"eventVersion\"";

  /**
   * The record of a line. When what a client sent has broken the line, what the gateway knows by
   * itself is told all the same, and the line as it is in {@code additionalEventData.line}.
   *
   * @param region of the service
   */
  static CallRecord of(Line line, String region) {
    Optional<JsonNode> whole = read(line.message());
    JsonNode call =
        whole.or(() -> read(trusted(line.message()))).orElse(JsonNodeFactory.instance.objectNode());
    Instant time = time(text(call, "eventTime"), line.timestamp());
    Optional<String> operation = text(call, "eventName").flatMap(Paths::operation);
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("eventVersion", "1.11");
    record.set("userIdentity", CallerIdentity.of(call.path("userIdentity")));
    record.put("eventTime", time.toString());
    record.put("eventSource", AwsEventBus.SOURCE);
    record.put("eventName", operation.orElse("Unknown"));
    record.put("awsRegion", region);
    copy(call, record, "sourceIPAddress");
    copy(call, record, "userAgent");
    int status = (int) number(call, "httpStatus");
    if (status >= 400) {
      record.put("errorCode", errorCode(status));
      copy(call, record, "errorMessage");
    }
    record.putNull("requestParameters");
    record.putNull("responseElements");
    ObjectNode more = record.putObject("additionalEventData");
    copy(call, more, "httpMethod");
    copy(call, more, "requestURI");
    more.put("httpStatus", status);
    more.put("responseLength", number(call, "responseLength"));
    copy(call, more, "gatewayError");
    if (whole.isEmpty()) {
      more.put("line", line.message());
    }
    copy(call, record, "requestID");
    record.put("eventID", UUID.nameUUIDFromBytes(line.id().getBytes(UTF_8)).toString());
    record.put("readOnly", operation.filter(Paths::onlyReads).isPresent());
    record.put("eventType", "AwsApiCall");
    record.put("managementEvent", true);
    copy(call, record, "recipientAccountId");
    record.put("eventCategory", "Management");
    return new CallRecord(time, record.toString());
  }

  private static Optional<JsonNode> read(String message) {
    try {
      return Optional.of(STRICT.readTree(message)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The end of a line, which the gateway wrote alone. */
  private static String trusted(String message) {
    return "{" + message.substring(Math.max(0, message.lastIndexOf(TRUSTED)));
  }

  /** A member that the gateway had a value for: else it writes a dash. */
  static Optional<String> text(JsonNode node, String member) {
    return Optional.of(node.path(member).asText()).filter(it -> !it.isEmpty() && !it.equals("-"));
  }

  private static void copy(JsonNode from, ObjectNode to, String member) {
    text(from, member).ifPresent(value -> to.put(member, value));
  }

  private static long number(JsonNode call, String member) {
    return call.path(member).asLong();
  }

  private static Instant time(Optional<String> logged, long otherwise) {
    Instant time = Instant.ofEpochMilli(otherwise);
    if (logged.isPresent()) {
      try {
        time = OffsetDateTime.parse(logged.get(), LOGGED).toInstant();
      } catch (DateTimeException e) {
        // When it was logged is then as good as we have.
      }
    }
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What clients were told: the gateway's log has the status only. */
  private static String errorCode(int status) {
    return switch (status) {
      case 403 -> "AccessDeniedException";
      case 404 -> "UnknownOperationException";
      case 429 -> "ThrottlingException";
      default -> status < 500 ? "ClientException" : "ServerException";
    };
  }
}
