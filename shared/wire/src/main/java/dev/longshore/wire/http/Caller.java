package dev.longshore.wire.http;

import dev.longshore.wire.Arns;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as the request tells. It proves nobody's identity: only the account and the ARN
 * are known to be true, where a gateway has checked the signature.
 *
 * @param region of the signature, {@code us-east-1} when there is none
 * @param account that signed, where that was checked; else a 12-digit access key ID, as local
 *     emulators have it; else {@code 000000000000}
 * @param arn of the user or the session that signed, where that was checked; else empty
 * @param accessKeyId of the signature, empty when there is none
 * @param invocationId the same for all tries of one call, when the client says so
 * @param sourceIp where the request came from, empty when unknown
 * @param userAgent as sent, empty when not
 */
public record Caller(
    String region,
    String account,
    String arn,
    String accessKeyId,
    @Nullable String invocationId,
    String sourceIp,
    String userAgent) {

  /** What resources are called in answers to this caller. */
  public Arns arns() {
    return new Arns(region, account);
  }

  /** ARN of a role that is named by its ARN, or by its name (after its path) in this account. */
  public String roleArn(String nameOrArn) {
    if (nameOrArn.startsWith("arn:")) {
      return nameOrArn;
    }
    String partition = arn.startsWith("arn:") ? arn.split(":", 3)[1] : "aws";
    return "arn:%s:iam::%s:role/%s".formatted(partition, account, nameOrArn);
  }
}
