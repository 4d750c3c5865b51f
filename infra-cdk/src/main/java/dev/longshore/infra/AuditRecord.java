package dev.longshore.infra;

/**
 * A call as the gateway logs it, in the shape of CloudTrail's records. The gateway writes it for
 * every call, those that it refused included, and no function can leave one out.
 */
final class AuditRecord {
  /** One line; the gateway fills in what begins with a dollar sign. */
  static final String FORMAT =
      "{\"eventVersion\":\"1.11\","
          + "\"eventSource\":\"batch.longshore\","
          + "\"eventTime\":\"$context.requestTime\","
          + "\"eventName\":\"$context.routeKey\","
          + "\"requestURI\":\"$context.path\","
          + "\"sourceIPAddress\":\"$context.identity.sourceIp\","
          + "\"userAgent\":\"$context.identity.userAgent\","
          + "\"userIdentity\":{"
          + "\"arn\":\"$context.identity.userArn\","
          + "\"principalId\":\"$context.identity.principalId\","
          + "\"accountId\":\"$context.identity.accountId\","
          + "\"accessKeyId\":\"$context.identity.accessKey\"},"
          + "\"requestID\":\"$context.requestId\","
          + "\"httpStatus\":\"$context.status\","
          + "\"errorMessage\":\"$context.error.message\","
          + "\"responseLength\":\"$context.responseLength\","
          + "\"recipientAccountId\":\"$context.accountId\","
          + "\"eventType\":\"AwsApiCall\"}";

  private AuditRecord() {}
}
