package dev.longshore.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.aws.settings.JobRolesText;
import dev.longshore.core.validation.JobRoleRule;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.wire.http.Paths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template, made once. */
class LongshoreStackTest {
  private static final String JOB_ROLE = GrantedResource.JOB_ROLE;
  private static final String INSTANCE_ROLE = GrantedResource.INSTANCE_ROLE;

  private static @Nullable Template template;

  @BeforeAll
  static void synthesise(@TempDir Path folder) throws IOException {
    template = Template.synthesised(folder);
  }

  private static List<JsonNode> all(String type) {
    return Objects.requireNonNull(template).all(type);
  }

  private static List<JsonNode> statements(Part part) {
    return Objects.requireNonNull(template).statements(part);
  }

  @Test
  @DisplayName("cdk-nag finds nothing that is not explained")
  void nag() {
    List<String> findings = Objects.requireNonNull(template).findings();
    assertThat(findings).hasSizeGreaterThan(50);
    assertThat(findings).noneMatch(line -> line.contains("\"Non-Compliant\""));
  }

  @Test
  @DisplayName("Each function's class is there, and Lambda can make it and call it")
  void handlersExist() throws ReflectiveOperationException {
    List<String> handlers =
        all("AWS::Lambda::Function").stream().map(it -> it.path("Handler").asText()).toList();
    assertThat(handlers).hasSize(Part.values().length);
    for (String handler : handlers) {
      Class<?> type = Class.forName(handler);
      assertThat(type).isAssignableTo(RequestHandler.class);
      assertThat(type.getConstructor()).isNotNull();
    }
  }

  @Test
  @DisplayName("What anybody waits for starts from a snapshot: its alias is called")
  void snapshots() {
    assertThat(all("AWS::Lambda::Function"))
        .allMatch(it ->
            it.at("/SnapStart/ApplyOn").asText().equals("PublishedVersions")
                || it.path("Handler").asText().endsWith(".AuditFunction"));
    assertThat(all("AWS::Lambda::Alias"))
        .hasSize(Part.values().length)
        .allMatch(it -> it.path("FunctionVersion").toString().contains("CurrentVersion"));
    List<JsonNode> called = new ArrayList<>();
    all("AWS::Lambda::EventSourceMapping").forEach(it -> called.add(it.path("FunctionName")));
    all("AWS::ApiGatewayV2::Integration").forEach(it -> called.add(it.path("IntegrationUri")));
    all("AWS::Lambda::Permission").stream()
        .filter(it -> it.path("Principal").asText().equals("apigateway.amazonaws.com"))
        .forEach(it -> called.add(it.path("FunctionName")));
    assertThat(called).hasSizeGreaterThanOrEqualTo(Part.values().length);
    assertThat(called).allMatch(it -> it.path("Ref").asText().contains("Live"));
  }

  @Test
  @DisplayName("Each operation has a route of its own, and none can be called without a signature")
  void everyRouteIsSigned() {
    List<JsonNode> routes = all("AWS::ApiGatewayV2::Route");
    assertThat(routes)
        .extracting(it -> it.path("RouteKey").asText())
        .containsExactlyInAnyOrderElementsOf(Paths.routes().values());
    assertThat(routes).allMatch(it -> it.path("AuthorizationType").asText().equals("AWS_IAM"));
  }

  @Test
  @DisplayName("The table can be restored to any second, is paid per request and forgets by itself")
  void table() {
    JsonNode table = all("AWS::DynamoDB::Table").getFirst();
    assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean())
        .isTrue();
    assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo("x");
    assertThat(table.at("/StreamSpecification/StreamViewType").asText())
        .isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(table.at("/GlobalSecondaryIndexes/0/IndexName").asText()).isEqualTo("line");
  }

  @Test
  @DisplayName("The readers of the stream: filtered, record by record, with an end for poison")
  void streams() {
    List<JsonNode> readers =
        all("AWS::Lambda::EventSourceMapping").stream()
            .filter(it -> it.has("StartingPosition"))
            .toList();
    assertThat(readers).hasSize(2);
    for (JsonNode reader : readers) {
      assertThat(reader.path("FunctionResponseTypes").toString())
          .contains("ReportBatchItemFailures");
      assertThat(reader.path("BisectBatchOnFunctionError").asBoolean()).isTrue();
      assertThat(reader.path("MaximumRetryAttempts").asInt()).isEqualTo(5);
      assertThat(reader.path("MaximumRecordAgeInSeconds").asInt()).isEqualTo(3600);
      assertThat(reader.at("/DestinationConfig/OnFailure/Destination").isMissingNode()).isFalse();
      assertThat(reader.at("/FilterCriteria/Filters")).isNotEmpty();
    }
  }

  @Test
  @DisplayName("Every queue has one for what failed behind it, and that has an alarm")
  void failures() {
    long sources = all("AWS::SQS::Queue").stream().filter(it -> it.has("RedrivePolicy")).count();
    long last = all("AWS::SQS::Queue").stream().filter(it -> !it.has("RedrivePolicy")).count();
    assertThat(sources).isEqualTo(6);
    assertThat(last).isEqualTo(9);
    assertThat(
            all("AWS::CloudWatch::Alarm").stream()
                .filter(it -> it.path("Namespace").asText().equals("AWS/SQS")))
        .hasSize((int) last);
  }

  @Test
  @DisplayName(
      "Both readers of the stream may park what fails; the work function takes it from there")
  void repairs() {
    for (Part part : List.of(Part.PROGRESS, Part.PUBLISH, Part.WORK)) {
      assertThat(granted(part, "sqs:SendMessage")).as(part.name()).contains("Repairs");
    }
    assertThat(granted(Part.WORK, "sqs:ReceiveMessage")).contains("Repairs");
    assertThat(granted(Part.WORK, "events:PutEvents")).contains("event-bus/default");
    assertThat(
            all("AWS::Lambda::EventSourceMapping").stream()
                .filter(it -> it.path("FunctionName").toString().contains("WorkFunction"))
                .filter(it -> it.path("EventSourceArn").toString().contains("Repairs")))
        .singleElement()
        .matches(it -> it.toString().contains("ReportBatchItemFailures"));
    JsonNode queue =
        all("AWS::SQS::Queue").stream()
            .filter(it -> it.path("RedrivePolicy").toString().contains("RepairsFailures"))
            .findFirst()
            .orElseThrow();
    assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(3);
  }

  /** The resources on which a function may do this. */
  private static String granted(Part part, String action) {
    return statements(part).stream()
        .filter(it -> it.path("Action").toString().contains(action))
        .map(it -> it.path("Resource").toString())
        .collect(Collectors.joining());
  }

  @Test
  @DisplayName("Each line of the audit log goes to one function, which fails into a queue")
  void auditLog() {
    JsonNode subscription = all("AWS::Logs::SubscriptionFilter").getFirst();
    assertThat(all("AWS::Logs::SubscriptionFilter")).hasSize(1);
    assertThat(subscription.path("FilterPattern").asText("all")).isEmpty();
    assertThat(subscription.path("LogGroupName").toString()).contains("AuditLog");
    assertThat(subscription.path("DestinationArn").toString()).contains("AuditFunction");
    assertThat(all("AWS::ApiGatewayV2::Stage").getFirst().at("/AccessLogSettings/DestinationArn"))
        .hasToString(
            "{\"Fn::GetAtt\":[%s,\"Arn\"]}".formatted(subscription.at("/LogGroupName/Ref")));
    JsonNode repetition = all("AWS::Lambda::EventInvokeConfig").getFirst();
    assertThat(repetition.path("MaximumRetryAttempts").asInt()).isEqualTo(2);
    assertThat(repetition.at("/DestinationConfig/OnFailure/Destination").toString())
        .contains("AuditFailures");
    assertThat(
            all("AWS::Lambda::Permission").stream()
                .filter(it -> it.path("FunctionName").toString().contains("AuditFunction")))
        .hasSize(1)
        .allMatch(it -> it.path("Principal").asText().equals("logs.amazonaws.com"))
        .allMatch(it -> it.path("SourceArn").toString().contains("AuditLog"));
  }

  @Test
  @DisplayName("What tells of calls may write its log and events, and nothing else")
  void auditRole() {
    assertThat(actions(Part.AUDIT))
        .containsExactlyInAnyOrder(
            "logs:CreateLogStream", "logs:PutLogEvents", "events:PutEvents", "sqs:SendMessage");
    assertThat(statements(Part.AUDIT))
        .noneMatch(it -> it.path("Resource").toString().contains("*"));
  }

  @Test
  @DisplayName("Rounds of either kind that keep failing ring an alarm")
  void failedRounds() {
    assertThat(
            all("AWS::CloudWatch::Alarm").stream()
                .filter(it -> it.path("MetricName").asText().equals("RoundsFailed")))
        .allMatch(it -> it.path("Namespace").asText().equals("Longshore"))
        .allMatch(it -> it.path("Period").asInt() == 300 && it.path("Threshold").asInt() == 3)
        .extracting(it -> it.at("/Dimensions/0/Name").asText() + it.at("/Dimensions/0/Value"))
        .containsExactlyInAnyOrder("Round\"scheduling\"", "Round\"capacity\"");
  }

  @Test
  @DisplayName("Logs do not stay for ever")
  void retention() {
    assertThat(all("AWS::Logs::LogGroup"))
        .hasSize(Part.values().length + 2)
        .allMatch(it -> it.has("RetentionInDays"));
  }

  @Test
  @DisplayName("Only named roles can be passed, each to one service, and only by who starts jobs")
  void passRole() {
    for (Part part : Part.values()) {
      List<JsonNode> passes =
          statements(part).stream()
              .filter(it -> it.path("Action").toString().contains("iam:PassRole"))
              .toList();
      for (JsonNode pass : passes) {
        assertThat(pass.path("Resource").toString()).contains("role/").doesNotContain("*");
        assertThat(pass.at("/Condition/StringEquals/iam:PassedToService").asText()).isNotEmpty();
      }
      boolean starts = part == Part.SCHEDULER || part == Part.WORK;
      assertThat(passes.stream().anyMatch(it -> it.toString().contains(JOB_ROLE)))
          .as(part.name())
          .isEqualTo(starts);
      assertThat(passes.stream().anyMatch(it -> it.toString().contains(INSTANCE_ROLE)))
          .as(part.name())
          .isEqualTo(part == Part.CAPACITY);
    }
  }

  @Test
  @DisplayName("Functions are told which roles jobs may have, and by which rules")
  void jobRoles() {
    assertThat(all("AWS::Lambda::Function"))
        .hasSize(Part.values().length)
        .extracting(
            it -> JobRolesText.read(it.at("/Environment/Variables/LONGSHORE_JOB_ROLES").asText()))
        .containsOnly(
            new JobRoles.Ruled(
                List.of(JOB_ROLE), List.of(new JobRoleRule(JOB_ROLE, List.of(), List.of("etl")))));
  }

  @Test
  @DisplayName("No role may do all of a service's actions, and each stays within the boundary")
  void narrowRoles() {
    Stream.of(Part.values())
        .flatMap(part -> statements(part).stream())
        .forEach(it -> assertThat(it.path("Action").toString()).doesNotContain("*"));
    assertThat(all("AWS::IAM::Role"))
        .hasSize(Part.values().length)
        .allMatch(it -> it.path("PermissionsBoundary").asText().equals(Template.BOUNDARY));
  }

  @Test
  @DisplayName("Only capacity launches, in the named subnets, and it ends what is its stack's own")
  void instances() {
    for (Part part : Part.values()) {
      assertThat(actions(part).contains("ec2:RunInstances"))
          .as(part.name())
          .isEqualTo(part == Part.CAPACITY);
    }
    List<JsonNode> subnets =
        statements(Part.CAPACITY).stream()
            .filter(it -> it.path("Resource").toString().contains("subnet/"))
            .toList();
    assertThat(subnets).hasSize(1);
    assertThat(subnets.getFirst().path("Resource").toString())
        .contains("subnet/subnet-1", "subnet/subnet-2")
        .doesNotContain("*");
    assertThat(subnets.getFirst().path("Condition").toString()).contains("vpc/vpc-1");
    JsonNode ends =
        statements(Part.CAPACITY).stream()
            .filter(it -> it.path("Action").asText().equals("ec2:TerminateInstances"))
            .findFirst()
            .orElseThrow();
    assertThat(ends.at("/Condition/StringEquals").has("aws:ResourceTag/longshore:stack")).isTrue();
  }

  @Test
  @DisplayName("The API reaches neither ECS nor EC2 nor IAM")
  void separate() {
    assertThat(actions(Part.API)).noneMatch(it -> it.matches("(ecs|ec2|iam):.*"));
  }

  private static Set<String> actions(Part part) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : statements(part)) {
      JsonNode action = statement.path("Action");
      if (action.isArray()) {
        action.forEach(it -> actions.add(it.asText()));
      } else {
        actions.add(action.asText());
      }
    }
    return actions;
  }
}
