package dev.longshore.integration.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.functions.permission.SeenPermissions.Place;
import dev.longshore.integration.emulator.Gateway.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** The synthesised template, deployed as it is, with its functions as Lambda runs them. */
@TestMethodOrder(OrderAnnotation.class)
class DeployedStackIT {
  private static @Nullable Emulator started;
  private static Map<String, String> outputs = Map.of();

  @BeforeAll
  static void deploy(@TempDir Path folder) throws IOException, InterruptedException {
    started = EmulatorImage.start();
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

  /** What an operation answers as soon as that is as wished, two minutes at the latest. */
  private static JsonNode eventually(String operation, String body, Predicate<JsonNode> wished)
      throws IOException, InterruptedException {
    JsonNode last = call(operation, body);
    for (int tries = 0; tries < 480 && !wished.test(last); tries++) {
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
      AwsCredentials reader = user(iam, "reader");
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

  private static AwsCredentials user(IamClient iam, String name) {
    iam.createUser(user -> user.userName(name));
    AccessKey key = iam.createAccessKey(user -> user.userName(name)).accessKey();
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  @Test
  @DisplayName("A role is for the callers and queues of its rule, whatever their policies allow")
  void rolesByRule() throws IOException, InterruptedException {
    queue("rules", Deployment.QUEUE);
    queue("rules2", "daily");
    try (IamClient iam = emulator().client(IamClient.builder())) {
      AwsCredentials caller = user(iam, Deployment.CALLER);
      AwsCredentials other = user(iam, "other");
      for (String name : List.of(Deployment.CALLER, "other")) {
        iam.attachUserPolicy(
            attach -> attach.userName(name).policyArn(outputs.get("AdministratorPolicy")));
      }
      String definition =
          """
          {"jobDefinitionName":"ruled","type":"container","containerProperties":{"image":"busybox",
           "jobRoleArn":"%s","resourceRequirements":[{"type":"VCPU","value":"1"},
           {"type":"MEMORY","value":"128"}]}}
          """
              .formatted(Deployment.ROLE);
      Answer refused = post(other, "registerjobdefinition", definition);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body().path("message").asText())
          .startsWith("User: arn:aws:iam::000000000000:user/other is not authorized to perform:")
          .contains("iam:PassRole on resource: " + Deployment.ROLE);
      assertThat(post(caller, "registerjobdefinition", definition).status()).isEqualTo(200);
      assertThat(submitRuled(caller, Deployment.QUEUE)).isEqualTo(200);
      assertThat(submitRuled(caller, "daily")).isEqualTo(403);
      assertThat(submitRuled(other, Deployment.QUEUE)).isEqualTo(403);
    }
  }

  private static int submitRuled(AwsCredentials caller, String queue)
      throws IOException, InterruptedException {
    return post(
            caller,
            "submitjob",
            "{\"jobName\":\"r\",\"jobQueue\":\"" + queue + "\",\"jobDefinition\":\"ruled\"}")
        .status();
  }

  private static Answer post(AwsCredentials caller, String operation, String body)
      throws IOException, InterruptedException {
    return gateway().signed(caller, "POST", "/v1/" + operation, body);
  }

  @Test
  @DisplayName(
      "A submitted job is RUNNABLE in a queue that became VALID, and says what it waits for")
  void aJobWaits() throws IOException, InterruptedException {
    JsonNode queues = queue("ce", "q");
    define("d", "true");
    String job = submit("q", "d", "");
    JsonNode described = call("describejobs", "{\"jobs\":[\"" + job + "\"]}").at("/jobs/0");
    assertThat(described.path("status").asText()).isEqualTo("RUNNABLE");
    assertThat(described.path("jobArn").asText()).contains(":000000000000:job/");
    Answer explained =
        gateway()
            .signed(emulator().credentials(), "GET", "/longshore/v1/jobs/" + job + "/explain", "");
    assertThat(explained.body().path("waitsFor").asText()).isEqualTo("ROOM");
    tagsByArn(queues.at("/jobQueues/0/jobQueueArn").asText());
  }

  @Test
  @Order(1)
  @DisplayName("Jobs run as containers on a registered instance and end with their exit codes")
  void jobsRun() throws IOException, InterruptedException {
    queue("runs", "busy");
    define("ends", "echo started; exit ${CODE}");
    try (Agents agents = new Agents(emulator(), "runs")) {
      agents.register();
      assertThat(run(agents, "0").path("status").asText()).isEqualTo("SUCCEEDED");
      JsonNode failed = run(agents, "3");
      assertThat(failed.path("status").asText()).isEqualTo("FAILED");
      assertThat(failed.at("/container/exitCode").asInt()).isEqualTo(3);
      assertThat(failed.path("attempts")).hasSize(1);
    }
  }

  @Test
  @Order(1)
  @DisplayName("A job that is terminated is stopped by the function behind the work queue")
  void terminated() throws IOException, InterruptedException {
    queue("stops", "unwanted");
    define("sleeps", "sleep 900");
    try (Agents agents = new Agents(emulator(), "stops")) {
      agents.register();
      String job = submit("unwanted", "sleeps", "");
      String question = "{\"jobs\":[\"" + job + "\"]}";
      eventually("describejobs", question, it -> status(it).equals("STARTING"));
      call("terminatejob", "{\"jobId\":\"" + job + "\",\"reason\":\"no longer wanted\"}");
      agents.stopped(agents.ended(job));
      JsonNode ended = eventually("describejobs", question, it -> status(it).equals("FAILED"));
      assertThat(ended.at("/jobs/0/statusReason").asText()).isEqualTo("no longer wanted");
    }
  }

  private static String submit(String queue, String definition, String more)
      throws IOException, InterruptedException {
    return call(
            "submitjob",
            "{\"jobName\":\"j\",\"jobQueue\":\"%s\",\"jobDefinition\":\"%s\"%s}"
                .formatted(queue, definition, more))
        .path("jobId")
        .asText();
  }

  /** A job from its submission to its end; reports come twice and in the wrong order too. */
  private static JsonNode run(Agents agents, String code) throws IOException, InterruptedException {
    String job =
        submit(
            "busy",
            "ends",
            ",\"containerOverrides\":{\"environment\":[{\"name\":\"CODE\",\"value\":\"%s\"}]}"
                .formatted(code));
    String question = "{\"jobs\":[\"" + job + "\"]}";
    Task task = agents.ended(job);
    assertThat(status(call("describejobs", question))).isEqualTo("STARTING");
    agents.running(task);
    eventually("describejobs", question, it -> status(it).equals("RUNNING"));
    agents.stopped(task);
    agents.running(task);
    agents.stopped(task);
    return eventually("describejobs", question, it -> it.at("/jobs/0/stoppedAt").asLong() > 0)
        .at("/jobs/0");
  }

  private static String status(JsonNode jobs) {
    return jobs.at("/jobs/0/status").asText();
  }

  @Test
  @Order(2)
  @DisplayName("Each change of state is published, and logged with the job's ID")
  void published() throws InterruptedException {
    try (Logs logs = new Logs(emulator())) {
      List<String> wanted = List.of("RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED");
      List<String> lines = List.of();
      for (int tries = 0; tries < 480 && !sayAll(lines, wanted); tries++) {
        Thread.sleep(250);
        lines = logs.lines("PublishFunctionLog");
      }
      assertThat(sayAll(lines, wanted)).as(String.join("\n", lines)).isTrue();
    }
  }

  private static boolean sayAll(List<String> lines, List<String> states) {
    return states.stream()
        .allMatch(
            state -> lines.stream().anyMatch(line -> line.contains("\"to\":\"" + state + "\"")));
  }

  @Test
  @Order(3)
  @DisplayName("A line of the audit log becomes an event, as CloudTrail's are")
  void audited() throws IOException, InterruptedException {
    try (Logs logs = new Logs(emulator());
        CallEvents events = new CallEvents(emulator())) {
      logs.write(
          Objects.requireNonNull(outputs.get("AuditLogName")),
          """
          {"userAgent":"aws-cli","eventTime":"01/Mar/2026:10:00:00 +0000","httpStatus":"403",\
          "eventName":"POST /v1/submitjob","errorMessage":"Forbidden","userIdentity":\
          {"arn":"arn:aws:iam::000000000000:user/reader","accountId":"000000000000"}}\
          """);
      JsonNode detail = events.next().path("detail");
      assertThat(detail.path("eventName").asText()).isEqualTo("SubmitJob");
      assertThat(detail.path("errorCode").asText()).isEqualTo("AccessDeniedException");
      assertThat(detail.path("eventTime").asText()).isEqualTo("2026-03-01T10:00:00Z");
      assertThat(detail.at("/userIdentity/userName").asText()).isEqualTo("reader");
    }
  }

  @Test
  @Order(3)
  @DisplayName("The timer sweeps every minute, and reports what hosts there are")
  void sweeps() throws InterruptedException {
    try (Logs logs = new Logs(emulator())) {
      boolean swept = false;
      for (int tries = 0; tries < 360 && !swept; tries++) {
        Thread.sleep(500);
        swept = logs.lines("SweepFunctionLog").stream().anyMatch(it -> it.contains("\"Hosts\":1"));
      }
      assertThat(swept).isTrue();
    }
  }

  @Test
  @Order(4)
  @DisplayName("No function was refused a call that it makes")
  void nothingRefused() {
    try (Logs logs = new Logs(emulator())) {
      assertThat(logs.lines("FunctionLog"))
          .isNotEmpty()
          .noneMatch(line -> line.contains("not authorized") || line.contains("\"SEVERE\""));
    }
  }

  @Test
  @Order(5)
  @DisplayName("Each invocation is reported with its time; printed for the table of costs")
  void durations() {
    List<String> functions =
        List.of(
            "ApiFunction",
            "ProgressFunction",
            "PublishFunction",
            "SchedulerFunction",
            "CapacityFunction",
            "ObserveFunction",
            "SweepFunction");
    try (Logs logs = new Logs(emulator())) {
      Durations durations = Durations.of(logs, functions);
      durations.lines().forEach(line -> System.out.println("emulator time: " + line));
      assertThat(durations.invoked()).containsExactlyInAnyOrderElementsOf(functions);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  @DisplayName(
      "All functions have run as Lambda runs them, and ask for what is written down only,"
          + " all that is asked for here each time included")
  void needs() throws IOException, InterruptedException {
    try (Logs logs = new Logs(emulator())) {
      new SeenCalls(logs).areAsWrittenDown(Place.ROLES);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("A function whose role lacks what it needs is refused: the emulator enforces roles")
  void rolesAreEnforced() throws IOException, InterruptedException {
    assertThat(listsQueues()).isEqualTo(200);
    Roles.strip(emulator(), "ApiFunctionRole");
    assertThat(listsQueues()).isGreaterThanOrEqualTo(500);
  }

  private static int listsQueues() throws IOException, InterruptedException {
    return gateway()
        .signed(emulator().credentials(), "POST", "/v1/describejobqueues", "{}")
        .status();
  }

  /** A queue on an environment whose instances are its user's, both VALID; its description. */
  private static JsonNode queue(String environment, String name)
      throws IOException, InterruptedException {
    call(
        "createcomputeenvironment",
        "{\"computeEnvironmentName\":\"" + environment + "\",\"type\":\"UNMANAGED\"}");
    // The function behind the table's stream makes it so.
    eventually(
        "describecomputeenvironments",
        "{\"computeEnvironments\":[\"" + environment + "\"]}",
        it -> it.at("/computeEnvironments/0/status").asText().equals("VALID"));
    call(
        "createjobqueue",
        """
        {"jobQueueName":"%s","priority":1,
         "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"%s"}]}
        """
            .formatted(name, environment));
    return eventually(
        "describejobqueues",
        "{\"jobQueues\":[\"" + name + "\"]}",
        it -> it.at("/jobQueues/0/status").asText().equals("VALID"));
  }

  private static void define(String name, String script) throws IOException, InterruptedException {
    call(
        "registerjobdefinition",
        """
        {"jobDefinitionName":"%s","type":"container","containerProperties":{"image":"busybox",
         "command":["sh","-c","%s"],"resourceRequirements":[{"type":"VCPU","value":"1"},
         {"type":"MEMORY","value":"128"}]}}
        """
            .formatted(name, script));
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
