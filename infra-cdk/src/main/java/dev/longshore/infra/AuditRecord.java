package dev.longshore.infra;

/**
 * A call as the gateway logs it, in the shape of CloudTrail's records as far as the gateway can. It
 * writes a line for every call, those that it refused included, and no function can leave one out.
 * What of it an event needs in another form, such as the operation's name, the function that reads
 * the log puts right.
 *
 * <p>First comes what a client may choose: the gateway does not promise to escape it, and what
 * repeats a member further behind is found to do so. From {@code eventVersion} on all is the
 * gateway's own.
 */
final class AuditRecord {
  /** One line; the gateway fills in what begins with a dollar sign, a dash where it has nothing. */
  static final String FORMAT =
      "{\"userAgent\":\"$context.identity.userAgent\","
          + "\"requestURI\":\"$context.path\","
          + "\"httpMethod\":\"$context.httpMethod\","
          + "\"eventVersion\":\"1.11\","
          + "\"eventSource\":\"longshore.batch\","
          + "\"eventTime\":\"$context.requestTime\","
          + "\"eventName\":\"$context.routeKey\","
          + "\"sourceIPAddress\":\"$context.identity.sourceIp\","
          + "\"userIdentity\":{"
          + "\"arn\":\"$context.identity.userArn\","
          + "\"principalId\":\"$context.identity.caller\","
          + "\"accountId\":\"$context.identity.accountId\"},"
          + "\"requestID\":\"$context.requestId\","
          + "\"httpStatus\":\"$context.status\","
          + "\"errorMessage\":\"$context.error.message\","
          + "\"gatewayError\":\"$context.error.responseType\","
          + "\"responseLength\":\"$context.responseLength\","
          + "\"recipientAccountId\":\"$context.accountId\","
          + "\"eventType\":\"AwsApiCall\"}";

  private AuditRecord() {}
}
