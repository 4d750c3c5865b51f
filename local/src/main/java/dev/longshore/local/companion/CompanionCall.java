package dev.longshore.local.companion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.wire.http.HttpCall;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call to another service than Batch: told by the signature's scope, else by its target or its
 * action.
 *
 * @param service signing name, such as {@code logs}; empty when nothing tells
 * @param operation such as {@code GetLogEvents}; empty when nothing tells
 * @param json whether the caller speaks JSON; XML otherwise
 * @param input members of a JSON request, or parameters of a query
 */
record CompanionCall(String service, String operation, boolean json, ObjectNode input) {
  private static final Pattern SCOPE =
      Pattern.compile("/\\d{8}/[a-z0-9-]+/([a-z0-9-]+)/aws4_request");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The call; empty when it is one to Batch. */
  static Optional<CompanionCall> of(HttpCall call) {
    Optional<String> target = call.header("x-amz-target");
    String type = call.header("content-type").orElse("");
    boolean form =
        call.rawPath().equals("/") && type.startsWith("application/x-www-form-urlencoded");
    String service = scope(call).or(() -> target.map(CompanionCall::serviceOf)).orElse("");
    boolean rest = target.isEmpty() && !form;
    if (service.equals("batch") || (service.isEmpty() && rest)) {
      return Optional.empty();
    }
    if (target.isPresent()) {
      String operation = target.get().substring(target.get().indexOf('.') + 1);
      return Optional.of(new CompanionCall(service, operation, true, jsonOf(call.body())));
    }
    ObjectNode input = form ? formOf(call.body()) : JsonNodeFactory.instance.objectNode();
    String operation = input.path("Action").asText();
    return Optional.of(new CompanionCall(service, operation, false, input));
  }

  private static Optional<String> scope(HttpCall call) {
    Matcher scope = SCOPE.matcher(call.header("authorization").orElse(""));
    return scope.find() ? Optional.of(scope.group(1)) : Optional.empty();
  }

  private static String serviceOf(String target) {
    return target.startsWith("Logs_")
        ? "logs"
        : target.startsWith("AmazonEC2ContainerService") ? "ecs" : target;
  }

  private static ObjectNode jsonOf(byte[] body) {
    try {
      if (body.length > 0 && JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new CompanionFault("SerializationException", "The body is no JSON object.");
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode formOf(byte[] body) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        input.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return input;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }

  /** A text member; empty when it is not there. */
  Optional<String> text(String member) {
    JsonNode value = input.path(member);
    return value.isTextual() && !value.textValue().isEmpty()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }

  /** A number member, or the default. */
  long number(String member, long otherwise) {
    JsonNode value = input.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber()) {
      throw CompanionFault.invalid(member + " must be an integer.");
    }
    return value.longValue();
  }

  /** The number of items wanted, within 1 and the most allowed. */
  int limit(int most, int otherwise) {
    long limit = number("limit", otherwise);
    if (limit < 1 || limit > most) {
      throw CompanionFault.invalid("limit must be between 1 and " + most + ".");
    }
    return (int) limit;
  }
}
