package dev.longshore.local.companion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.longshore.local.logs.LogStore;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Callers;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers the calls to other services than Batch; all that is not served gets an AWS error. */
public final class CompanionApi {
  private final Map<String, Companion> services;
  private final Supplier<String> requestIds;

  /**
   * Serves these logs.
   *
   * @param requestIds a new UUID each time
   */
  public CompanionApi(LogStore logs, Supplier<String> requestIds) {
    this.services =
        Map.of(
            "logs", new LogsService(logs),
            "sts", new IdentityService(),
            "iam", new IdentityService(),
            "ecs", new EcsService(),
            "ec2", new Ec2Service());
    this.requestIds = requestIds;
  }

  /** The answer; empty when the call is one to Batch. */
  public Optional<HttpAnswer> handle(HttpCall http) {
    String requestId = requestIds.get();
    Optional<CompanionCall> call;
    try {
      call = CompanionCall.of(http);
    } catch (CompanionFault fault) {
      return Optional.of(error(true, fault, requestId));
    }
    return call.map(known -> answer(known, Callers.of(http), requestId));
  }

  private HttpAnswer answer(CompanionCall call, Caller caller, String requestId) {
    try {
      Companion service = services.get(call.service());
      if (service == null) {
        throw new CompanionFault(
            "UnknownOperationException",
            "The service " + call.service() + " is not served at this endpoint.");
      }
      return switch (service.answer(call, caller)) {
        case Reply.Json json -> answer(200, true, json.body().toString(), requestId);
        case Reply.Xml xml ->
            answer(200, false, xml.body().replace("REQUEST_ID", requestId), requestId);
      };
    } catch (CompanionFault fault) {
      return error(call.json(), fault, requestId);
    }
  }

  private static HttpAnswer error(boolean json, CompanionFault fault, String requestId) {
    String message = String.valueOf(fault.getMessage());
    String body =
        json
            ? JsonNodeFactory.instance
                .objectNode()
                .put("__type", fault.code())
                .put("message", message)
                .toString()
            : """
            <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>\
            <Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>\
            <RequestId>%s</RequestId></ErrorResponse>\
            """
                .formatted(
                    fault.code(),
                    Xml.escape(message),
                    fault.code(),
                    Xml.escape(message),
                    requestId);
    return answer(400, json, body, requestId);
  }

  private static HttpAnswer answer(int status, boolean json, String body, String requestId) {
    String type = json ? "application/x-amz-json-1.1" : "text/xml";
    return new HttpAnswer(
        status, Map.of("Content-Type", type, "x-amzn-RequestId", requestId), body.getBytes(UTF_8));
  }
}
