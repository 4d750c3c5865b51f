package dev.longshore.wire.http;

import dev.longshore.core.port.StoreException;
import dev.longshore.core.validation.AccessDenied;
import dev.longshore.core.validation.ClientFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The Batch API: from an HTTP request to its answer. Every answer is JSON, every request that is
 * wrong gets a well-formed 4xx, and every operation of the service model has its path.
 */
public final class BatchApi {
  /** No request of the API is larger; servers need not read more than one byte beyond it. */
  public static final int MAX_BODY = 256 * 1024;

  private static final int MAX_SUBMIT = 30 * 1024;
  private static final Logger LOG = System.getLogger(BatchApi.class.getName());

  private final Operations operations;
  private final Supplier<String> requestIds;

  /**
   * Serves these operations; all others of the model say that they are not supported yet.
   *
   * @param requestIds a new UUID each time
   */
  public BatchApi(Operations operations, Supplier<String> requestIds) {
    this.operations = operations;
    this.requestIds = requestIds;
  }

  /** Never throws: what nobody foresaw is logged and answered with {@code ServerException}. */
  public HttpAnswer handle(HttpCall call) {
    String requestId = requestIds.get();
    return switch (Route.of(call.method(), call.rawPath())) {
      case Route.To to -> serve(to, call, requestId);
      case Route.WrongMethod wrong ->
          ErrorAnswer.of(
              405,
              "MethodNotAllowedException",
              "Method " + call.method() + " is not allowed here.",
              requestId,
              Map.of("Allow", String.join(", ", wrong.allowed().stream().sorted().toList())));
      case Route.Unknown _ ->
          ErrorAnswer.of(
              404, "UnknownOperationException", "The API has no such operation.", requestId);
    };
  }

  private HttpAnswer serve(Route.To to, HttpCall call, String requestId) {
    if (call.body().length > MAX_BODY) {
      return ErrorAnswer.of(
          413,
          "RequestEntityTooLargeException",
          "The request body must be at most %d bytes.".formatted(MAX_BODY),
          requestId);
    }
    try {
      checkSize(to.operation(), call.body().length);
      byte[] body =
          operations
              .find(to.operation())
              .orElseGet(() -> Later.serving(to.operation()))
              .answer(new Arguments(to.path(), call.query(), call.body()), Callers.of(call));
      return new HttpAnswer(
          200, Map.of("Content-Type", "application/json", "x-amzn-RequestId", requestId), body);
    } catch (AccessDenied e) {
      return ErrorAnswer.of(
          403, "AccessDeniedException", String.valueOf(e.getMessage()), requestId);
    } catch (ClientFault e) {
      return clientError(text(e, requestId), requestId);
    } catch (StoreException e) {
      return serverError(to.operation(), "The store did not answer.", e, requestId);
    } catch (RuntimeException e) {
      return serverError(to.operation(), "An internal error occurred.", e, requestId);
    }
  }

  private static void checkSize(String operation, int bytes) {
    if (operation.equals("SubmitJob") && bytes > MAX_SUBMIT) {
      throw ClientFault.wrapped(
          "Job payload size %d exceeds the limit of %d bytes".formatted(bytes, MAX_SUBMIT));
    }
  }

  /** Older validations are reported in a frame ({@code batch-semantics} 1.3). */
  private static String text(ClientFault fault, String requestId) {
    String text = String.valueOf(fault.getMessage());
    return fault.isWrapped()
        ? "Error executing request, Exception : %s, RequestId: %s".formatted(text, requestId)
        : text;
  }

  private static HttpAnswer clientError(String message, String requestId) {
    return ErrorAnswer.of(400, "ClientException", message, requestId);
  }

  private static HttpAnswer serverError(
      String operation, String text, RuntimeException cause, String requestId) {
    LOG.log(Level.ERROR, "request " + requestId + " (" + operation + ") failed", cause);
    return ErrorAnswer.of(500, "ServerException", text + " RequestId: " + requestId, requestId);
  }
}
