package dev.longshore.functions.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.ApiHandler;
import dev.longshore.wire.http.HttpCall;
import java.util.Map;

/** The API behind an HTTP API of API Gateway, payload format 2.0. */
public final class ApiFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final HttpCall ASKED =
      HttpCall.of("POST", "/v1/describejobqueues", "", Map.of(), "{}".getBytes(UTF_8), "");

  private final ApiHandler handler;

  /** As Lambda makes it. */
  public ApiFunction() {
    ApiComponent component = DaggerApiComponent.factory().create(Startup.settings());
    this.handler = component.handler();
    Rehearsal.run(
        FunctionSettings.isSnapshotNext(),
        () -> {
          component.sqs();
          component.api().handle(ASKED);
        });
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return handler.handleRequest(event, context);
  }
}
