package dev.longshore.infra;

import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig.OnFailureProperty;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.CfnSubscriptionFilter;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Hands each line of the audit log to the function that tells of it. Lambda tries a batch three
 * times within some minutes, and then puts it into the queue of failures.
 */
final class AuditSubscription {
  private static final int REPETITIONS = 2;
  private static final int MOST_SECONDS = 21_600;

  AuditSubscription(Construct scope, LogGroup log, IFunction function, Queue failures) {
    CfnPermission permission =
        CfnPermission.Builder.create(scope, "AuditLogMayInvoke")
            .action("lambda:InvokeFunction")
            .functionName(function.getFunctionArn())
            .principal("logs.amazonaws.com")
            .sourceArn(log.getLogGroupArn())
            .build();
    CfnSubscriptionFilter.Builder.create(scope, "AuditSubscription")
        .logGroupName(log.getLogGroupName())
        .filterPattern("")
        .destinationArn(function.getFunctionArn())
        .build()
        .getNode()
        .addDependency(permission);
    CfnEventInvokeConfig.Builder.create(scope, "AuditRepetition")
        .functionName(function.getFunctionName())
        .qualifier("$LATEST")
        .maximumRetryAttempts(REPETITIONS)
        .maximumEventAgeInSeconds(MOST_SECONDS)
        .destinationConfig(
            DestinationConfigProperty.builder()
                .onFailure(OnFailureProperty.builder().destination(failures.getQueueArn()).build())
                .build())
        .build();
  }
}
