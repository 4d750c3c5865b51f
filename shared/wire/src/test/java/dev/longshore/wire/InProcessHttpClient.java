package dev.longshore.wire;

import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Lets an SDK client talk to the API without a network. */
record InProcessHttpClient(BatchApi api) implements SdkHttpClient {
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answerOf(api.handle(callOf(request)));
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private static HttpCall callOf(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    ContentStreamProvider content = request.contentStreamProvider().orElse(null);
    byte[] body = new byte[0];
    if (content != null) {
      try (InputStream stream = content.newStream()) {
        body = stream.readAllBytes();
      }
    }
    return HttpCall.of(
        http.method().name(),
        http.encodedPath(),
        http.encodedQueryParameters().orElse(null),
        http.headers(),
        body,
        "127.0.0.1");
  }

  private static HttpExecuteResponse answerOf(HttpAnswer answer) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }
}
