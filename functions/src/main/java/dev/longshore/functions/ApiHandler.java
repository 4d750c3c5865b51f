package dev.longshore.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.longshore.wire.explain.ExplainApi;
import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Serves the Batch API, and what Longshore adds to it, behind an HTTP API of API Gateway. */
public final class ApiHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final BatchApi api;
  private final ExplainApi explain;

  public ApiHandler(BatchApi api, ExplainApi explain) {
    this.api = api;
    this.explain = explain;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    HttpCall call = callOf(event);
    HttpAnswer answer = explain.handle(call).orElseGet(() -> api.handle(call));
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(answer.status())
        .withHeaders(answer.headers())
        .withBody(new String(answer.body(), UTF_8))
        .build();
  }

  private static HttpCall signedBy(HttpCall call, IAM signer) {
    return call.signedBy(
        Objects.requireNonNullElse(signer.getAccountId(), ""),
        Objects.requireNonNullElse(signer.getUserArn(), ""));
  }

  static HttpCall callOf(APIGatewayV2HTTPEvent event) {
    RequestContext request = event.getRequestContext();
    Http http = request.getHttp();
    Map<String, List<String>> headers = new HashMap<>();
    event.getHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
    String body = event.getBody() == null ? "" : event.getBody();
    HttpCall call =
        HttpCall.of(
            http.getMethod(),
            event.getRawPath(),
            event.getRawQueryString(),
            headers,
            event.getIsBase64Encoded() ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8),
            http.getSourceIp());
    return Optional.ofNullable(request.getAuthorizer())
        .map(Authorizer::getIam)
        .map(signer -> signedBy(call, signer))
        .orElse(call);
  }
}
