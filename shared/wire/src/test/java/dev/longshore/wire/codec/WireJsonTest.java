package dev.longshore.wire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.validation.ClientFault;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.FairsharePolicy;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.ShareAttributes;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.TagResourceRequest;
import software.amazon.awssdk.utils.builder.Buildable;

class WireJsonTest {

  static List<Class<?>> models() {
    return RandomPojos.models();
  }

  @Test
  void allShapesOfTheModelAreFound() {
    assertThat(models()).hasSizeGreaterThan(180).contains(SubmitJobRequest.class, JobDetail.class);
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsWrittenIsReadBackTheSame(Class<?> model) {
    LongStream.range(0, 20)
        .forEach(seed -> {
          SdkPojo pojo = new RandomPojos(seed).next(model);
          byte[] json = WireJson.bytes(pojo);
          SdkPojo builder = RandomPojos.builderOf(model);
          WireJson.fill(json, builder);
          assertThat(((Buildable) builder).build())
              .as("seed %d: %s", seed, new String(json, UTF_8))
              .isEqualTo(pojo);
          assertThat(WireJson.write(pojo)).isEqualTo(new String(json, UTF_8));
        });
  }

  @Test
  void absentMembersAreLeftOutAndEmptyListsThatWereSetAreNot() {
    assertThat(WireJson.write(SubmitJobRequest.builder().jobName("a").build()))
        .isEqualTo("{\"jobName\":\"a\"}");
    assertThat(WireJson.write(JobDetail.builder().attempts(List.of()).build()))
        .isEqualTo("{\"attempts\":[]}");
  }

  @Test
  void timesAndCountsAreIntegersAndWholeFloatsKeepTheirPoint() {
    assertThat(WireJson.write(JobDetail.builder().createdAt(1_700_000_000_000L).build()))
        .isEqualTo("{\"createdAt\":1700000000000}");
    FairsharePolicy policy =
        FairsharePolicy.builder()
            .computeReservation(1)
            .shareDistribution(
                ShareAttributes.builder().shareIdentifier("a").weightFactor(1f).build())
            .build();
    assertThat(WireJson.write(policy))
        .contains("\"computeReservation\":1,")
        .contains("\"weightFactor\":1.0");
  }

  @Test
  void unknownMembersAndNullsAreDropped() {
    SubmitJobRequest request =
        read(
            """
            {"jobName":"a","new":{"x":[1,{"jobName":"b"}]},"jobQueue":null,
             "containerOverrides":{"command":["a",null,"b"]},"tags":{"a":null,"b":"c"}}\
            """);
    assertThat(request.jobName()).isEqualTo("a");
    assertThat(request.jobQueue()).isNull();
    assertThat(request.containerOverrides().command()).containsExactly("a", "b");
    assertThat(request.tags()).containsOnlyKeys("b");
  }

  @Test
  void anEmptyBodyIsAnEmptyObject() {
    SubmitJobRequest.Builder builder = SubmitJobRequest.builder();
    WireJson.fill(new byte[0], builder);
    WireJson.fill(" \n".getBytes(UTF_8), builder);
    assertThat(builder.build()).isEqualTo(SubmitJobRequest.builder().build());
  }

  @Test
  void membersOfThePathAreNeitherReadNorWritten() {
    assertThat(WireJson.write(TagResourceRequest.builder().resourceArn("arn:x").build()))
        .isEqualTo("{}");
    assertThat(WireJson.read("{\"resourceArn\":\"arn:x\"}", TagResourceRequest.builder()))
        .isEqualTo(TagResourceRequest.builder().build());
  }

  @Test
  void enumerationsAreReadInAnyCase() {
    RegisterJobDefinitionRequest request =
        WireJson.read(
            """
            {"type":"CONTAINER","platformCapabilities":["ec2"],
             "retryStrategy":{"evaluateOnExit":[{"action":"exit"}]}}\
            """,
            RegisterJobDefinitionRequest.builder());
    assertThat(request.typeAsString()).isEqualTo("container");
    assertThat(request.platformCapabilitiesAsStrings()).containsExactly("EC2");
    assertThat(request.retryStrategy().evaluateOnExit().getFirst().actionAsString())
        .isEqualTo("EXIT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"jobName":1}                      | jobName must be a string, but was the number 1.
          {"jobName":["a"]}                  | jobName must be a string, but was an array.
          {"jobName":{"a":1}}                | jobName must be a string, but was an object.
          {"tags":[]}                        | tags must be an object, but was an array.
          {"tags":{"a":true}}                | tags.a must be a string, but was true.
          {"dependsOn":{}}                   | dependsOn must be an array, but was an object.
          {"dependsOn":[{"jobId":"a"},2]}    | dependsOn[1] must be an object, but was the number 2.
          {"propagateTags":"true"}           | propagateTags must be true or false, but was the string "true".
          {"timeout":{"attemptDurationSeconds":"60"}} | timeout.attemptDurationSeconds must be an integer, but was the string "60".
          {"timeout":{"attemptDurationSeconds":60.5}} | timeout.attemptDurationSeconds must be an integer, but was the number 60.5.
          {"arrayProperties":{"size":3000000000}} | arrayProperties.size must be an integer of 32 bits, but was the number 3000000000.
          {"containerOverrides":{"environment":[{"name":"a","value":7}]}} | containerOverrides.environment[0].value must be a string, but was the number 7.
          {"dependsOn":[{"type":"BOTH"}]}    | dependsOn[0].type must be one of [N_TO_N, SEQUENTIAL], but was "BOTH".
          """)
  void aWrongTypeNamesTheMemberWhatIsExpectedAndWhatWasGiven(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ClientFault.class)
        .hasMessage("Member " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"jobName\":\"a\"",
        "{\"jobName\" \"a\"}",
        "{'jobName':'a'}",
        "{\"jobName\":NaN}",
        "{} {}",
        "{}]",
        "[]",
        "\"x\"",
        "12",
        "null",
        "nonsense",
        "{\"jobName\":\"\\ud83d\"}",
        "{\"tags\":{\"\\ud83d\":\"a\"}}"
      })
  void whatIsNoJsonObjectIsRefused(String body) {
    SubmitJobRequest.Builder builder = SubmitJobRequest.builder();
    assertThatThrownBy(() -> WireJson.fill(body.getBytes(UTF_8), builder))
        .isInstanceOf(ClientFault.class);
  }

  @Test
  void deepNestingAndBrokenUtf8AreRefused() {
    String deep = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThatThrownBy(() -> read(deep)).isInstanceOf(ClientFault.class);
    byte[] broken = {'{', '"', 'j', (byte) 0xff, '"', ':', '1', '}'};
    assertThatThrownBy(() -> WireJson.fill(broken, SubmitJobRequest.builder()))
        .isInstanceOf(ClientFault.class);
  }

  @Test
  void aNumberTooLargeForItsMemberIsRefused() {
    assertThatThrownBy(() ->
            WireJson.read(
                "{\"shareDistribution\":[{\"weightFactor\":1e400}]}", FairsharePolicy.builder()))
        .hasMessageContaining("shareDistribution[0].weightFactor");
    assertThatThrownBy(
            () -> WireJson.read("{\"vcpus\":99999999999999999999}", ContainerProperties.builder()))
        .hasMessageContaining("vcpus must be an integer of 32 bits");
  }

  private static SubmitJobRequest read(String json) {
    return WireJson.read(json, SubmitJobRequest.builder());
  }
}
