package dev.longshore.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/** Rules of cdk-nag that something breaks on purpose, each with the reason. */
final class Explained {
  private Explained() {}

  /** The wildcards in this policy are as narrow as they can be. */
  static void wildcards(IConstruct policy, String reason) {
    suppress(policy, "AwsSolutions-IAM5", reason);
  }

  /** This queue is where failures end; there is nothing behind it. */
  static void lastQueue(IConstruct queue) {
    suppress(
        queue,
        "AwsSolutions-SQS3",
        "It takes what a stream mapping or a rule gave up, and is read by people after its alarm.");
  }

  /** An emulator has no TLS, so its queues cannot ask for it. */
  static void emulator(Stack stack) {
    NagSuppressions.addStackSuppressions(
        stack,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-SQS4")
                .reason("An emulator of AWS has no TLS: docs/decisions/0024.")
                .build()));
  }

  private static void suppress(IConstruct construct, String rule, String reason) {
    NagSuppressions.addResourceSuppressions(
        construct, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
  }
}
