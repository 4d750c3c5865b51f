package dev.longshore.local.connect;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs requests for API Gateway in the name of whoever runs this. */
final class RequestSigner {
  private static final String SERVICE = "execute-api";

  /**
   * Left out of what is passed on: what belongs to one connection, and the signature that the
   * client made for AWS Batch.
   */
  private static final Set<String> DROPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "transfer-encoding",
          "upgrade",
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-security-token");

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsCredentialsProvider credentials;
  private final String region;

  /**
   * Signs with these credentials, which are asked for again with each request, so that those that
   * end are renewed.
   */
  RequestSigner(AwsCredentialsProvider credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  /** The request as it is sent on, its signature included. */
  SdkHttpRequest sign(String method, URI target, Map<String, List<String>> headers, byte[] body) {
    SdkHttpRequest.Builder wanted =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(target);
    headers.forEach((name, values) -> {
      if (!DROPPED.contains(name.toLowerCase(Locale.ROOT))) {
        wanted.putHeader(name, values);
      }
    });
    return signer
        .sign(sign ->
            sign.identity(credentials.resolveCredentials())
                .request(wanted.build())
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region))
        .request();
  }
}
