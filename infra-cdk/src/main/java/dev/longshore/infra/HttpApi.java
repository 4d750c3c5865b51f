package dev.longshore.infra;

import dev.longshore.wire.http.Paths;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CfnStage.AccessLogSettingsProperty;
import software.amazon.awscdk.services.apigatewayv2.CfnStage.RouteSettingsProperty;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * An HTTP API with a route for each operation, so that each has an IAM resource of its own. Every
 * route wants a signature; the account's policies decide who may call what.
 */
final class HttpApi {
  private static final String STAGE = "$default";
  private static final int SECONDLY_REQUESTS = 500;
  private static final int BURST = 1_000;

  private final CfnApi api;
  private final LogGroup audit;

  HttpApi(Construct scope, StackSettings settings, IFunction function) {
    this.api =
        CfnApi.Builder.create(scope, "Api")
            .name(Fn.join("-", List.of(Aws.STACK_NAME, "api")))
            .protocolType("HTTP")
            .build();
    CfnIntegration integration =
        CfnIntegration.Builder.create(scope, "ApiIntegration")
            .apiId(api.getRef())
            .integrationType("AWS_PROXY")
            .integrationUri(function.getFunctionArn())
            .payloadFormatVersion("2.0")
            .build();
    for (Map.Entry<String, String> route : Paths.routes().entrySet()) {
      CfnRoute.Builder.create(scope, "Route" + route.getKey())
          .apiId(api.getRef())
          .routeKey(route.getValue())
          .authorizationType("AWS_IAM")
          .target(Fn.join("/", List.of("integrations", integration.getRef())))
          .build();
    }
    this.audit =
        LogGroup.Builder.create(scope, "AuditLog")
            .retention(Retention.of(settings.auditDays()))
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    CfnStage.Builder.create(scope, "ApiStage")
        .apiId(api.getRef())
        .stageName(STAGE)
        .autoDeploy(true)
        .defaultRouteSettings(
            RouteSettingsProperty.builder()
                .throttlingRateLimit(SECONDLY_REQUESTS)
                .throttlingBurstLimit(BURST)
                .build())
        .accessLogSettings(
            AccessLogSettingsProperty.builder()
                .destinationArn(audit.getLogGroupArn())
                .format(AuditRecord.FORMAT)
                .build())
        .build();
    CfnPermission.Builder.create(scope, "ApiMayInvoke")
        .action("lambda:InvokeFunction")
        .functionName(function.getFunctionArn())
        .principal("apigateway.amazonaws.com")
        .sourceArn(arn("*/*"))
        .build();
  }

  /** Where requests go. */
  String endpoint() {
    return api.getAttrApiEndpoint();
  }

  /** Who called what, from where, with which result. */
  LogGroup audit() {
    return audit;
  }

  /** The resource whose invocation a policy allows: a method and a path of the only stage. */
  String resource(String methodAndPath) {
    return arn(STAGE + "/" + methodAndPath);
  }

  private String arn(String part) {
    return Fn.join(
        "",
        List.of(
            "arn:",
            Aws.PARTITION,
            ":execute-api:",
            Aws.REGION,
            ":",
            Aws.ACCOUNT_ID,
            ":",
            api.getRef(),
            "/",
            part));
  }
}
