package dev.longshore.integration.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.utils.StringInputStream;

/**
 * Calls the deployed API. Its name is one that only the emulator knows, so requests go to the
 * emulator's address under that name.
 */
final class Gateway {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI emulator;
  private final URI api;
  private final String region;

  Gateway(URI emulator, URI api, String region) {
    this.emulator = emulator;
    this.api = api;
    this.region = region;
  }

  /** An answer. */
  record Answer(int status, JsonNode body) {}

  /** A call that nobody signed. */
  Answer unsigned(String path, String body) throws IOException, InterruptedException {
    return send(request("POST", path, body).header("Host", api.getAuthority()).build());
  }

  /** A call that these credentials signed. */
  Answer signed(AwsCredentials credentials, String method, String path, String body)
      throws IOException, InterruptedException {
    SdkHttpRequest wanted =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create(api + path))
            .putHeader("Content-Type", "application/json")
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(credentials)
                    .request(wanted)
                    .payload(() -> new StringInputStream(body))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpRequest.Builder request = request(method, path, body);
    signed
        .request()
        .forEachHeader((name, values) -> values.forEach(value -> request.setHeader(name, value)));
    return send(request.build());
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(emulator + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }
}
