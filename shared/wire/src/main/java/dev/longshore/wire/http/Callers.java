package dev.longshore.wire.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the caller from the credential scope of a SigV4 signature, in the header or in the query of
 * a presigned request. The signature itself is not checked here; who has checked it says whose it
 * is.
 */
public final class Callers {
  private static final String REGION = "us-east-1";
  private static final String ACCOUNT = "000000000000";
  private static final Pattern CREDENTIAL =
      Pattern.compile("([^/,=\\s]+)/\\d{8}/([a-z0-9-]{1,32})/[a-z0-9-]+/aws4_request");
  private static final Pattern TWELVE_DIGITS = Pattern.compile("\\d{12}");

  private Callers() {}

  /** The caller, as far as the request tells. */
  public static Caller of(HttpCall call) {
    Optional<Matcher> scope = scope(call);
    String accessKey = scope.map(found -> found.group(1)).orElse("");
    return new Caller(
        scope.map(found -> found.group(2)).orElse(REGION),
        account(call, accessKey),
        call.signer(),
        accessKey,
        call.header("amz-sdk-invocation-id").filter(id -> !id.isBlank()).orElse(null),
        call.sourceIp(),
        call.header("user-agent").orElse(""));
  }

  private static String account(HttpCall call, String accessKey) {
    if (!call.account().isEmpty()) {
      return call.account();
    }
    return TWELVE_DIGITS.matcher(accessKey).matches() ? accessKey : ACCOUNT;
  }

  private static Optional<Matcher> scope(HttpCall call) {
    String presigned = call.query().getOrDefault("X-Amz-Credential", List.of("")).getFirst();
    return Optional.of(CREDENTIAL.matcher(call.header("authorization").orElse(presigned)))
        .filter(Matcher::find);
  }
}
