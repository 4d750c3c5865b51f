package dev.longshore.local.companion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.local.logs.LogName;
import dev.longshore.local.logs.LogStore;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanionApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "/aws/batch/job";
  private static final LogName STREAM = new LogName(GROUP, "def/default/1");

  @TempDir private Path directory;

  private LogStore logs;
  private CompanionApi api;

  @BeforeEach
  void start() throws IOException {
    logs = new LogStore(directory);
    api = new CompanionApi(logs, () -> "request-1");
    Path file = logs.open(STREAM);
    for (int i = 1; i <= 5; i++) {
      Files.writeString(file, "line " + i + "\n", UTF_8, StandardOpenOption.APPEND);
      Files.setLastModifiedTime(file, FileTime.fromMillis(i * 1_000L));
      logs.tick();
    }
  }

  private HttpAnswer call(String service, Map<String, String> headers, String body) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    all.put(
        "Authorization",
        List.of(
            "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/"
                + service
                + "/aws4_request, SignedHeaders=host, Signature=0"));
    return api.handle(HttpCall.of("POST", "/", null, all, body.getBytes(UTF_8), "127.0.0.1"))
        .orElseThrow();
  }

  private HttpAnswer logs(String operation, String body) {
    return call("logs", Map.of("X-Amz-Target", "Logs_20140328." + operation), body);
  }

  private JsonNode read(HttpAnswer answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private JsonNode events(String more) throws IOException {
    HttpAnswer answer =
        logs(
            "GetLogEvents",
            "{\"logGroupName\":\"%s\",\"logStreamName\":\"%s\"%s}"
                .formatted(GROUP, STREAM.stream(), more));
    assertThat(answer.status()).isEqualTo(200);
    return read(answer);
  }

  private static List<String> messages(JsonNode page) {
    List<String> messages = new ArrayList<>();
    page.path("events").forEach(event -> messages.add(event.path("message").asText()));
    return messages;
  }

  @Test
  @DisplayName("Pages from the head go on with the forward token, which repeats at the end")
  void forward() throws IOException {
    JsonNode first = events(",\"startFromHead\":true,\"limit\":2");
    JsonNode second = events(",\"limit\":2,\"nextToken\":" + first.path("nextForwardToken"));
    JsonNode third = events(",\"limit\":2,\"nextToken\":" + second.path("nextForwardToken"));
    JsonNode last = events(",\"limit\":2,\"nextToken\":" + third.path("nextForwardToken"));

    assertThat(messages(first)).containsExactly("line 1", "line 2");
    assertThat(messages(second)).containsExactly("line 3", "line 4");
    assertThat(messages(third)).containsExactly("line 5");
    assertThat(messages(last)).isEmpty();
    assertThat(last.path("nextForwardToken")).isEqualTo(third.path("nextForwardToken"));
  }

  @Test
  @DisplayName("Without a start the newest lines come, and the backward token leads to older ones")
  void backward() throws IOException {
    JsonNode newest = events(",\"limit\":2");
    JsonNode older = events(",\"limit\":2,\"nextToken\":" + newest.path("nextBackwardToken"));
    JsonNode oldest = events(",\"limit\":2,\"nextToken\":" + older.path("nextBackwardToken"));
    JsonNode none = events(",\"limit\":2,\"nextToken\":" + oldest.path("nextBackwardToken"));

    assertThat(messages(newest)).containsExactly("line 4", "line 5");
    assertThat(messages(older)).containsExactly("line 2", "line 3");
    assertThat(messages(oldest)).containsExactly("line 1");
    assertThat(messages(none)).isEmpty();
    assertThat(none.path("nextBackwardToken")).isEqualTo(oldest.path("nextBackwardToken"));
  }

  @Test
  @DisplayName("startTime is inclusive, endTime exclusive, and times are integers")
  void times() throws IOException {
    JsonNode page = events(",\"startFromHead\":true,\"startTime\":2000,\"endTime\":4000");

    assertThat(messages(page)).containsExactly("line 2", "line 3");
    assertThat(page.path("events").get(0).path("timestamp").isIntegralNumber()).isTrue();
    assertThat(page.path("events").get(0).path("timestamp").asLong()).isEqualTo(2_000);
  }

  @Test
  @DisplayName("A token at the end of a stream finds what is written later")
  void follows() throws IOException {
    JsonNode all = events(",\"startFromHead\":true");
    Files.writeString(
        directory.resolve("%2Faws%2Fbatch%2Fjob/def/default/1.log"),
        "later\n",
        UTF_8,
        StandardOpenOption.APPEND);

    assertThat(messages(events(",\"nextToken\":" + all.path("nextForwardToken"))))
        .containsExactly("later");
  }

  @ParameterizedTest
  @CsvSource({
    "GetLogEvents, def/default/2, ResourceNotFoundException",
    "GetLogEvents, '', InvalidParameterException",
    "CreateLogGroup, x, UnknownOperationException",
  })
  @DisplayName("What is not there or not served is an error that SDKs understand")
  void errors(String operation, String stream, String code) throws IOException {
    HttpAnswer answer =
        logs(
            operation,
            "{\"logGroupName\":\"%s\",\"logStreamName\":\"%s\"}".formatted(GROUP, stream));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(read(answer).path("__type").asText()).isEqualTo(code);
    assertThat(read(answer).path("message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"logGroupName\":\"no\",\"logStreamName\":\"x\"} | ResourceNotFoundException",
        "{\"logGroupName\":\"/aws/batch/job\",\"logStreamName\":\"def/default/1\",\"limit\":0}"
            + "| InvalidParameterException",
        "{\"logGroupName\":\"/aws/batch/job\",\"logStreamName\":\"def/default/1\","
            + "\"nextToken\":\"x\"} | InvalidParameterException",
        "{\"logGroupName\":\"/aws/batch/job\",\"logStreamName\":\"def/default/1\","
            + "\"startTime\":\"x\"} | InvalidParameterException",
        "[1] | InvalidParameterException",
        "{ | SerializationException",
      })
  @DisplayName("Bad input of GetLogEvents is refused")
  void badInput(String body, String code) throws IOException {
    HttpAnswer answer = logs("GetLogEvents", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(read(answer).path("__type").asText()).isEqualTo(code);
  }

  @Test
  @DisplayName("Streams are listed by prefix, in pages, and by the time of their last line")
  void streams() throws IOException {
    Path second = logs.open(new LogName(GROUP, "def/default/2"));
    Files.writeString(second, "x\n");
    Files.setLastModifiedTime(second, FileTime.fromMillis(500));
    logs.open(new LogName(GROUP, "other/default/3"));
    String prefix =
        "{\"logGroupName\":\"/aws/batch/job\",\"logStreamNamePrefix\":\"def/\",\"limit\":1";

    JsonNode first = read(logs("DescribeLogStreams", prefix + "}"));
    JsonNode next =
        read(
            logs("DescribeLogStreams", prefix + ",\"nextToken\":" + first.path("nextToken") + "}"));
    JsonNode byTime =
        read(
            logs(
                "DescribeLogStreams",
                "{\"logGroupName\":\"/aws/batch/job\",\"orderBy\":\"LastEventTime\","
                    + "\"descending\":true}"));

    assertThat(first.path("logStreams").findValuesAsText("logStreamName"))
        .containsExactly("def/default/1");
    assertThat(next.path("logStreams").findValuesAsText("logStreamName"))
        .containsExactly("def/default/2");
    assertThat(next.has("nextToken")).isFalse();
    assertThat(byTime.path("logStreams").findValuesAsText("logStreamName"))
        .endsWith("def/default/1", "def/default/2");
    assertThat(first.path("logStreams").get(0).path("lastEventTimestamp").asLong())
        .isEqualTo(5_000);
  }

  @Test
  @DisplayName("FilterLogEvents reads several streams and keeps the lines that match all terms")
  void filter() throws IOException {
    Path second = logs.open(new LogName(GROUP, "def/default/2"));
    Files.writeString(second, "line 3 again\nnothing\n");
    Files.setLastModifiedTime(second, FileTime.fromMillis(2_500));

    JsonNode page =
        read(
            logs(
                "FilterLogEvents",
                "{\"logGroupName\":\"/aws/batch/job\",\"filterPattern\":\"line \\\"3\\\"\"}"));

    assertThat(messages(page)).containsExactly("line 3 again", "line 3");
    assertThat(page.has("nextToken")).isFalse();
  }

  @Test
  @DisplayName("FilterLogEvents in pages of one finds every line once")
  void filterPages() throws IOException {
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          read(
              logs(
                  "FilterLogEvents",
                  "{\"logGroupName\":\"/aws/batch/job\",\"limit\":1" + token + "}"));
      found.addAll(messages(page));
      token = page.has("nextToken") ? ",\"nextToken\":" + page.path("nextToken") : "";
    } while (!token.isEmpty());

    assertThat(found).containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
  }

  @ParameterizedTest
  @CsvSource({
    "sts, GetCallerIdentity, <Account>123456789012</Account>",
    "iam, GetUser, arn:aws:iam::123456789012:user/local",
    "ec2, DescribeInstances, <reservationSet/>",
  })
  @DisplayName("Query calls are answered in XML for the caller's account")
  void query(String service, String action, String wanted) {
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");

    HttpAnswer answer = call(service, form, "Action=" + action + "&Version=2011-06-15");
    HttpAnswer unknown = call(service, form, "Action=Other");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).contains(wanted, "request-1");
    assertThat(answer.headers()).containsEntry("Content-Type", "text/xml");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(new String(unknown.body(), UTF_8))
        .contains("<Code>UnknownOperationException</Code>");
  }

  @Test
  @DisplayName("ECS says of every task that is asked for that it is missing")
  void ecs() throws IOException {
    HttpAnswer answer =
        call(
            "ecs",
            Map.of("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.DescribeTasks"),
            "{\"cluster\":\"c\",\"tasks\":[\"t1\"]}");

    assertThat(read(answer).path("tasks")).isEmpty();
    assertThat(read(answer).path("failures").get(0).path("reason").asText()).isEqualTo("MISSING");
  }

  @Test
  @DisplayName("Another service is refused in its own protocol, and a call to Batch is not taken")
  void others() {
    assertThat(new String(call("s3", Map.of(), "").body(), UTF_8))
        .startsWith("<ErrorResponse>")
        .contains("The service s3 is not served");
    assertThat(
            api.handle(
                HttpCall.of("POST", "/v1/submitjob", null, Map.of(), new byte[0], "127.0.0.1")))
        .isEmpty();
  }
}
