package dev.longshore.infra;

import dev.longshore.wire.jobs.LogStreams;
import java.nio.file.Path;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PermissionsBoundary;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * All of one service. Environment-agnostic: the template holds no account and no Region, needs no
 * look-up while it is made and no custom resource while it is deployed.
 */
final class LongshoreStack extends Stack {
  LongshoreStack(Construct scope, String name, StackSettings settings, Path code) {
    super(
        scope,
        name,
        StackProps.builder()
            .description("Longshore: a batch computing service that speaks the AWS Batch API.")
            .build());
    if (settings.emulator()) {
      Explained.emulator(this);
    }
    Storage storage = new Storage(this, settings);
    Alarms alarms = new Alarms(this, settings);
    Queues queues = new Queues(this, settings, alarms);
    Functions functions = new Functions(this, settings, storage, queues, code);
    new Sources(this, storage, queues, functions, alarms);
    HttpApi api = new HttpApi(this, settings, functions.get(Part.API));
    new AuditSubscription(
        this, api.audit(), functions.get(Part.AUDIT).getLambda(), queues.auditFailures());
    new CallerPolicies(this, api);
    if (!settings.foreignJobLogs()) {
      LogGroup.Builder.create(this, "JobLog")
          .logGroupName(LogStreams.GROUP)
          .retention(Retention.of(settings.logDays()))
          .removalPolicy(RemovalPolicy.DESTROY)
          .build();
    }
    settings
        .permissionsBoundary()
        .ifPresent(arn ->
            PermissionsBoundary.of(this)
                .apply(ManagedPolicy.fromManagedPolicyArn(this, "Boundary", arn)));
    CfnOutput.Builder.create(this, "Endpoint")
        .description("What ./longshore connect asks for; wants signatures for execute-api.")
        .value(api.endpoint())
        .build();
    CfnOutput.Builder.create(this, "TableName").value(storage.table().getTableName()).build();
    CfnOutput.Builder.create(this, "AuditLogName").value(api.audit().getLogGroupName()).build();
  }
}
