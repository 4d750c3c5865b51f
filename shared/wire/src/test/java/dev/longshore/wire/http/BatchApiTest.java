package dev.longshore.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.validation.ClientFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.batch.model.CancelJobRequest;
import software.amazon.awssdk.services.batch.model.CancelJobResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.ListJobsResponse;
import software.amazon.awssdk.services.batch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.batch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;
import software.amazon.awssdk.services.batch.model.UntagResourceRequest;
import software.amazon.awssdk.services.batch.model.UntagResourceResponse;

class BatchApiTest {
  private static final String REQUEST_ID = "11111111-2222-4333-8444-555555555555";

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger LOG = Logger.getLogger(BatchApi.class.getName());

  private final List<Object> calls = new ArrayList<>();
  private final BatchApi api =
      new BatchApi(
          Operations.none()
              .with("SubmitJob", SubmitJobRequest::builder, this::submit)
              .with("DescribeJobs", DescribeJobsRequest::builder, this::describe)
              .with("CancelJob", CancelJobRequest::builder, this::cancel)
              .with("ListJobs", ListJobsRequest::builder, this::list)
              .with("ListTagsForResource", ListTagsForResourceRequest::builder, this::tags)
              .with("UntagResource", UntagResourceRequest::builder, this::untag),
          () -> REQUEST_ID);

  @BeforeAll
  static void expectFaultsOfOurOwn() {
    LOG.setLevel(Level.OFF);
  }

  private SubmitJobResponse submit(SubmitJobRequest request, Caller caller) {
    calls.add(request);
    calls.add(caller);
    return SubmitJobResponse.builder().jobName(request.jobName()).build();
  }

  private DescribeJobsResponse describe(DescribeJobsRequest request, Caller caller) {
    JobDetail job = JobDetail.builder().createdAt(1_700_000_000_000L).build();
    return DescribeJobsResponse.builder().jobs(job).build();
  }

  private CancelJobResponse cancel(CancelJobRequest request, Caller caller) {
    if ("wrapped".equals(request.jobId())) {
      throw ClientFault.wrapped("Job name should match valid pattern");
    }
    throw new ClientFault("JobQueue \"q\" not found.");
  }

  private ListJobsResponse list(ListJobsRequest request, Caller caller) {
    if ("store".equals(request.jobQueue())) {
      throw new StoreException("table secret-table is gone", new IllegalStateException());
    }
    throw new IllegalStateException("secret");
  }

  private ListTagsForResourceResponse tags(ListTagsForResourceRequest request, Caller caller) {
    calls.add(request.resourceArn());
    return ListTagsForResourceResponse.builder().tags(Map.of()).build();
  }

  private UntagResourceResponse untag(UntagResourceRequest request, Caller caller) {
    calls.add(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  @Test
  void aRequestIsDecodedAndItsAnswerIsJson() {
    HttpAnswer answer = post("/v1/submitjob", "{\"jobName\":\"a\",\"unknown\":1}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("x-amzn-RequestId", REQUEST_ID);
    assertThat(text(answer)).isEqualTo("{\"jobName\":\"a\"}");
    assertThat(calls).first().isEqualTo(SubmitJobRequest.builder().jobName("a").build());
  }

  @Test
  void anEmptyBodyIsAnEmptyObject() {
    assertThat(text(post("/v1/describejobs", ""))).contains("1700000000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateServiceEnvironment",
        "UpdateServiceEnvironment",
        "DeleteServiceEnvironment",
        "SubmitServiceJob",
        "DescribeServiceJob",
        "UpdateServiceJob",
        "TerminateServiceJob",
        "TerminateServiceJobs",
        "CreateQuotaShare",
        "DescribeQuotaShare",
        "UpdateQuotaShare",
        "DeleteQuotaShare"
      })
  void whatNobodyServesYetSaysSo(String operation) {
    HttpAnswer answer = post("/v1/" + operation.toLowerCase(Locale.ROOT), "{}");
    assertError(answer, 400, "ClientException", operation + " is not supported yet.");
  }

  @ParameterizedTest
  @CsvSource({
    "listservicejobs,jobSummaryList",
    "describeserviceenvironments,serviceEnvironments",
    "listquotashares,quotaShares"
  })
  void listingsOfWhatIsNotThereYetAreEmpty(String path, String member) {
    HttpAnswer answer = post("/v1/" + path, "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(text(answer)).isEqualTo("{\"" + member + "\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/listservicejobs", "/v1/canceljobs", "/v1/listquotashares"})
  void aBrokenBodyIsRefusedAlsoWhereNobodyReadsIt(String path) {
    assertThat(json(post(path, "{")).get("message").textValue()).contains("not valid JSON");
    assertThat(json(post(path, "[]")).get("message").textValue()).contains("must be a JSON object");
  }

  @Test
  void allFortyEightOperationsHaveTheirPath() throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(BatchApiTest.class.getResourceAsStream("operations.txt")),
                UTF_8))) {
      List<String> all = lines.lines().toList();
      assertThat(all).hasSize(48);
      for (String line : all) {
        String[] parts = line.split(" ", -1);
        Route route = Route.of(parts[1], parts[2]);
        assertThat(route)
            .as(line)
            .isInstanceOfSatisfying(
                Route.To.class, to -> assertThat(to.operation()).isEqualTo(parts[0]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/", "/v1/nothing", "/v1/SubmitJob", "/v2/submitjob"})
  void anUnknownPathIs404InJson(String path) {
    assertError(
        post(path, "{}"), 404, "UnknownOperationException", "The API has no such operation.");
  }

  @Test
  void aWrongMethodIs405InJson() {
    HttpAnswer answer = call("GET", "/v1/submitjob", null, Map.of(), "");
    assertError(answer, 405, "MethodNotAllowedException", "Method GET is not allowed here.");
    assertThat(answer.headers()).containsEntry("Allow", "POST");
    assertThat(call("PUT", "/v1/tags/arn", null, Map.of(), "").headers())
        .containsEntry("Allow", "DELETE, GET, POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "nonsense", "{\"jobName\":1}", "{\"jobName\":\"\\ud800\"}"})
  void aBrokenBodyIsTheCallersFault(String body) {
    HttpAnswer answer = post("/v1/submitjob", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).get("__type").textValue()).isEqualTo("ClientException");
    assertThat(calls).isEmpty();
  }

  @Test
  void aSubmissionOfMoreThan30KibIsRefused() {
    String name = "a".repeat(30 * 1024 - 14);
    assertThat(post("/v1/submitjob", "{\"jobName\":\"" + name + "\"}").status()).isEqualTo(200);
    calls.clear();
    HttpAnswer answer = post("/v1/submitjob", "{\"jobName\":\"a" + name + "\"}");
    assertError(
        answer,
        400,
        "ClientException",
        "Error executing request, Exception : Job payload size 30721 exceeds the limit of 30720"
            + " bytes, RequestId: "
            + REQUEST_ID);
    assertThat(calls).isEmpty();
  }

  @Test
  void noBodyIsLargerThan256Kib() {
    assertThat(post("/v1/describejobs", " ".repeat(BatchApi.MAX_BODY)).status()).isEqualTo(200);
    assertError(
        post("/v1/describejobs", " ".repeat(BatchApi.MAX_BODY + 1)),
        413,
        "RequestEntityTooLargeException",
        "The request body must be at most 262144 bytes.");
  }

  @Test
  void faultsOfTheCallerAreClientExceptions() {
    assertError(post("/v1/canceljob", "{}"), 400, "ClientException", "JobQueue \"q\" not found.");
    assertError(
        post("/v1/canceljob", "{\"jobId\":\"wrapped\"}"),
        400,
        "ClientException",
        "Error executing request, Exception : Job name should match valid pattern, RequestId: "
            + REQUEST_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"store", "bug"})
  void ourFaultsAreServerExceptionsThatTellNoInternals(String cause) {
    HttpAnswer answer = post("/v1/listjobs", "{\"jobQueue\":\"" + cause + "\"}");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "ServerException");
    assertThat(text(answer)).contains(REQUEST_ID).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn%3Aaws%3Abatch%3Aus-east-1%3A123456789012%3Ajob-definition%2Fjd%3A3",
        "arn:aws:batch:us-east-1:123456789012:job-definition%2Fjd:3",
        "arn:aws:batch:us-east-1:123456789012:job-definition/jd:3",
        "arn%3aaws%3abatch%3aus-east-1%3a123456789012%3ajob-definition/jd%3a3"
      })
  void anArnInThePathMayBeEncodedInAnyWay(String path) {
    assertThat(text(call("GET", "/v1/tags/" + path, null, Map.of(), "")))
        .isEqualTo("{\"tags\":{}}");
    assertThat(calls).containsExactly("arn:aws:batch:us-east-1:123456789012:job-definition/jd:3");
  }

  @Test
  void tagKeysAreARepeatedQueryParameter() {
    call("DELETE", "/v1/tags/arn", "tagKeys=a&tagKeys=b%20c&tagKeys=d%26e%3D", Map.of(), "");
    assertThat(calls).containsExactly(List.of("a", "b c", "d&e="));
  }

  @Test
  void theCallerComesFromTheCredentialScope() {
    String scope =
        "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-3/batch/aws4_request,"
            + " SignedHeaders=host, Signature=abc";
    call(
        "POST",
        "/v1/submitjob",
        null,
        Map.of(
            "Authorization", List.of(scope),
            "AMZ-SDK-Invocation-Id", List.of("call-1"),
            "user-agent", List.of("cli")),
        "{}");
    Caller caller =
        new Caller("eu-west-3", "123456789012", "", "123456789012", "call-1", "127.0.0.1", "cli");
    assertThat(calls.get(1)).isEqualTo(caller);
  }

  @Test
  void aPresignedRequestHasItsScopeInTheQuery() {
    call(
        "POST",
        "/v1/submitjob",
        "X-Amz-Credential=AKIA%2F20260101%2Fap-south-1%2Fbatch%2Faws4_request",
        Map.of(),
        "{}");
    assertThat(calls.get(1))
        .isEqualTo(new Caller("ap-south-1", "000000000000", "", "AKIA", null, "127.0.0.1", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic abc", "AWS4-HMAC-SHA256 Credential=x/y/z", "Credential=////"})
  void aCallerWithoutSignatureHasDefaults(String authorization) {
    call("POST", "/v1/submitjob", null, Map.of("authorization", List.of(authorization)), "{}");
    assertThat(calls.get(1))
        .isEqualTo(new Caller("us-east-1", "000000000000", "", "", null, "127.0.0.1", ""));
  }

  @Test
  void anOperationIsServedOnceAndMustExist() {
    Operations some = Operations.none().with("ListJobs", ListJobsRequest::builder, this::list);
    assertThatThrownBy(() -> some.with("ListJobs", ListJobsRequest::builder, this::list))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> some.with("MakeJob", ListJobsRequest::builder, this::list))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Operations.none().and(some).find("ListJobs")).isPresent();
  }

  private HttpAnswer post(String path, String body) {
    return call("POST", path, null, Map.of(), body);
  }

  private HttpAnswer call(
      String method,
      String path,
      @Nullable String query,
      Map<String, List<String>> headers,
      String body) {
    return api.handle(HttpCall.of(method, path, query, headers, body.getBytes(UTF_8), "127.0.0.1"));
  }

  private static void assertError(HttpAnswer answer, int status, String code, String message) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers())
        .containsEntry("x-amzn-ErrorType", code)
        .containsEntry("x-amzn-RequestId", REQUEST_ID)
        .containsEntry("Content-Type", "application/json");
    JsonNode body = json(answer);
    assertThat(body.get("__type").textValue()).isEqualTo(code);
    assertThat(body.get("message").textValue()).isEqualTo(message);
  }

  private static JsonNode json(HttpAnswer answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(HttpAnswer answer) {
    return new String(answer.body(), UTF_8);
  }
}
