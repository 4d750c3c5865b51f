package dev.longshore.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
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

  private static void suppress(IConstruct construct, String rule, String reason) {
    NagSuppressions.addResourceSuppressions(
        construct, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
  }
}
