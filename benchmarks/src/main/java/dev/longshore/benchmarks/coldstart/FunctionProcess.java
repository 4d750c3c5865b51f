package dev.longshore.benchmarks.coldstart;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.longshore.functions.lambda.ApiFunction;
import java.io.IOException;
import java.util.Map;

/**
 * A function in a virtual machine of its own: made, then called once for each line that comes in.
 * It says {@code made}, then the status of each answer.
 */
final class FunctionProcess {
  /** The argument with which nothing is made: the bound. */
  static final String NOTHING = "nothing";

  /** The argument with which the function is made that serves the API. */
  static final String FUNCTION = "function";

  private FunctionProcess() {}

  /** Ends when the input does. */
  public static void main(String[] args) throws IOException {
    if (args[0].equals(NOTHING)) {
      System.out.println("made");
      while (System.in.read() >= 0) {
        System.out.println(200);
      }
      return;
    }
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function = new ApiFunction();
    System.out.println("made");
    while (System.in.read() >= 0) {
      System.out.println(function.handleRequest(event(), null).getStatusCode());
    }
  }

  /** A question whose answer takes one read of the table. */
  private static APIGatewayV2HTTPEvent event() {
    Http http = Http.builder().withMethod("POST").withSourceIp("127.0.0.1").build();
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath("/v1/describejobqueues")
        .withRawQueryString("")
        .withHeaders(Map.of("content-type", "application/json"))
        .withBody("{}")
        .withRequestContext(RequestContext.builder().withHttp(http).build())
        .build();
  }
}
