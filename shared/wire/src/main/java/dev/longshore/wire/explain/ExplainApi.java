package dev.longshore.wire.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.usecase.ExplainJob;
import dev.longshore.core.usecase.JobExplanation;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.http.Callers;
import dev.longshore.wire.http.ErrorAnswer;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /longshore/v1/jobs/{id}/explain}, which AWS does not have: what a job or child waits
 * for, or where it ran and why it ended.
 */
public final class ExplainApi {
  private static final Logger LOG = System.getLogger(ExplainApi.class.getName());
  private static final Pattern PATH = Pattern.compile("/longshore/v1/jobs/([^/]+)/explain/?");

  private final ExplainJob explain;
  private final Supplier<String> requestIds;

  /**
   * Serves explanations.
   *
   * @param requestIds a new UUID each time
   */
  public ExplainApi(ExplainJob explain, Supplier<String> requestIds) {
    this.explain = explain;
    this.requestIds = requestIds;
  }

  /** The answer; empty when the call is not one for an explanation. */
  public Optional<HttpAnswer> handle(HttpCall call) {
    Matcher path = PATH.matcher(call.rawPath());
    if (!path.matches()) {
      return Optional.empty();
    }
    String requestId = requestIds.get();
    if (!call.method().equals("GET")) {
      return Optional.of(
          ErrorAnswer.of(
              405,
              "MethodNotAllowedException",
              "Method " + call.method() + " is not allowed here.",
              requestId,
              Map.of("Allow", "GET")));
    }
    String id = decoded(path.group(1));
    try {
      return Optional.of(answer(id, Callers.of(call).arns(), requestId));
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "the explanation of job " + id + " failed", e);
      return Optional.of(
          ErrorAnswer.of(500, "ServerException", "The store did not answer.", requestId));
    }
  }

  private HttpAnswer answer(String id, Arns arns, String requestId) {
    Optional<JobExplanation> explanation =
        Arns.nameOf(Kind.JOB, id).flatMap(JobKey::parse).flatMap(explain::explain);
    return explanation
        .map(found ->
            new HttpAnswer(
                200,
                Map.of("Content-Type", "application/json", "x-amzn-RequestId", requestId),
                new ExplanationJson(arns).of(found).toString().getBytes(UTF_8)))
        .orElseGet(() ->
            ErrorAnswer.of(
                404,
                "ResourceNotFoundException",
                "There is no job " + id + ", or its retention is over.",
                requestId));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }
}
