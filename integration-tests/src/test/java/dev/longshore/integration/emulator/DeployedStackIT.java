package dev.longshore.integration.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.integration.emulator.Gateway.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** The synthesised template, deployed as it is, with its functions as Lambda runs them. */
class DeployedStackIT {
  private static @Nullable Emulator started;
  private static Map<String, String> outputs = Map.of();

  @BeforeAll
  static void deploy(@TempDir Path folder) throws IOException, InterruptedException {
    started = Emulator.start();
    outputs = new Deployment(started, folder).run();
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static Emulator emulator() {
    return Objects.requireNonNull(started);
  }

  private static Gateway gateway() {
    return new Gateway(
        emulator().endpoint(),
        URI.create(Objects.requireNonNull(outputs.get("Endpoint"))),
        emulator().region());
  }

  private static JsonNode call(String operation, String body)
      throws IOException, InterruptedException {
    Answer answer = gateway().signed(emulator().credentials(), "POST", "/v1/" + operation, body);
    assertThat(answer.status()).as(operation + " " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** What an operation answers as soon as that is as wished, half a minute at the latest. */
  private static JsonNode eventually(String operation, String body, Predicate<JsonNode> wished)
      throws IOException, InterruptedException {
    JsonNode last = call(operation, body);
    for (int tries = 0; tries < 120 && !wished.test(last); tries++) {
      Thread.sleep(250);
      last = call(operation, body);
    }
    assertThat(wished.test(last)).as(last.toString()).isTrue();
    return last;
  }

  @Test
  @DisplayName("A call that nobody signed is refused, whatever it asks for")
  void unsigned() throws IOException, InterruptedException {
    assertThat(gateway().unsigned("/v1/describejobqueues", "{}").status()).isEqualTo(403);
    assertThat(gateway().unsigned("/v1/submitjob", "{}").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("Who has no policy may call nothing; the reader's policy allows reading only")
  void readerOnlyReads() throws IOException, InterruptedException {
    try (IamClient iam = emulator().client(IamClient.builder())) {
      iam.createUser(user -> user.userName("reader"));
      AccessKey key = iam.createAccessKey(user -> user.userName("reader")).accessKey();
      AwsCredentials reader = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
      assertThat(gateway().signed(reader, "POST", "/v1/describejobqueues", "{}").status())
          .isEqualTo(403);
      iam.attachUserPolicy(
          attach -> attach.userName("reader").policyArn(outputs.get("ReaderPolicy")));
      assertThat(gateway().signed(reader, "POST", "/v1/describejobqueues", "{}").status())
          .isEqualTo(200);
      assertThat(gateway().signed(reader, "POST", "/v1/createjobqueue", "{}").status())
          .isEqualTo(403);
    }
  }

  @Test
  @DisplayName(
      "A submitted job is RUNNABLE in a queue that became VALID, and says what it waits for")
  void aJobWaits() throws IOException, InterruptedException {
    call("createcomputeenvironment", "{\"computeEnvironmentName\":\"ce\",\"type\":\"UNMANAGED\"}");
    // The function behind the table's stream makes it so.
    eventually(
        "describecomputeenvironments",
        "{}",
        it -> it.at("/computeEnvironments/0/status").asText().equals("VALID"));
    call(
        "createjobqueue",
        """
        {"jobQueueName":"q","priority":1,
         "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]}
        """);
    JsonNode queues =
        eventually(
            "describejobqueues",
            "{\"jobQueues\":[\"q\"]}",
            it -> it.at("/jobQueues/0/status").asText().equals("VALID"));
    call(
        "registerjobdefinition",
        """
        {"jobDefinitionName":"d","type":"container","containerProperties":{"image":"busybox",
         "command":["true"],"resourceRequirements":[{"type":"VCPU","value":"1"},
         {"type":"MEMORY","value":"128"}]}}
        """);
    String job =
        call("submitjob", "{\"jobName\":\"j\",\"jobQueue\":\"q\",\"jobDefinition\":\"d\"}")
            .path("jobId")
            .asText();
    JsonNode described = call("describejobs", "{\"jobs\":[\"" + job + "\"]}").at("/jobs/0");
    assertThat(described.path("status").asText()).isEqualTo("RUNNABLE");
    assertThat(described.path("jobArn").asText()).contains(":000000000000:job/");
    Answer explained =
        gateway()
            .signed(emulator().credentials(), "GET", "/longshore/v1/jobs/" + job + "/explain", "");
    assertThat(explained.body().path("waitsFor").asText()).isEqualTo("ROOM");
    tagsByArn(queues.at("/jobQueues/0/jobQueueArn").asText());
  }

  /** Clients send the ARN encoded; it is one path to the gateway and to the function. */
  private static void tagsByArn(String arn) throws IOException, InterruptedException {
    String path = "/v1/tags/" + URLEncoder.encode(arn, StandardCharsets.UTF_8);
    Answer tagged =
        gateway().signed(emulator().credentials(), "POST", path, "{\"tags\":{\"team\":\"dock\"}}");
    assertThat(tagged.status()).as(tagged.body().toString()).isEqualTo(200);
    Answer tags = gateway().signed(emulator().credentials(), "GET", path, "");
    assertThat(tags.body().at("/tags/team").asText()).isEqualTo("dock");
  }
}
