package dev.longshore.aws.ecs;

import dev.longshore.core.port.TaskRunner.StartAnswer;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the errors of a start mean ({@code batch-semantics} 20.1, {@code data-model} 4). The first
 * row that fits counts. An error that no row names is tried again: it is ours or a new one, and a
 * job must not end for it.
 */
final class EcsErrors {
  /** What follows from an error. */
  enum Meaning {
    /** An earlier identical call was accepted. */
    STARTED,
    /** Whether it was started is unknown; the same call is right later. */
    LATER,
    /** Not on this host. */
    NOT_HERE,
    /** Never, as it is defined. */
    NEVER,
    /** The task definition is of no use any more. */
    DEFINITION_GONE
  }

  /**
   * A row.
   *
   * @param code AWS's error code
   * @param phrase a part of the message in lower case; empty for any
   * @param means what follows
   * @param words what a user is told before AWS's own message
   */
  private record Row(String code, String phrase, Meaning means, String words) {}

  private static final String REFUSED = "ECS refuses the job as it is defined";
  private static final String NOT_ALLOWED = "Longshore may not pass a role of the job";

  private static final List<Row> ROWS =
      List.of(
          new Row("ConflictException", "", Meaning.STARTED, ""),
          new Row("InvalidParameterException", "no container instances", Meaning.NOT_HERE, ""),
          new Row("ClusterNotFoundException", "", Meaning.NOT_HERE, "There is no such cluster"),
          new Row("ClientException", "is inactive", Meaning.DEFINITION_GONE, ""),
          new Row("ClientException", "unable to find task def", Meaning.DEFINITION_GONE, ""),
          new Row("ClientException", "too many concurrent attempts", Meaning.LATER, ""),
          new Row("ClientException", "rate exceeded", Meaning.LATER, ""),
          new Row("ClientException", "unable to assume", Meaning.NEVER, "A role of the job"),
          new Row("ClientException", "role is not valid", Meaning.NEVER, "A role of the job"),
          new Row("AccessDeniedException", "iam:passrole", Meaning.NEVER, NOT_ALLOWED),
          new Row("AccessDeniedException", "", Meaning.LATER, "Longshore may not do this"),
          new Row("ClientException", "", Meaning.NEVER, REFUSED),
          new Row("InvalidParameterException", "", Meaning.NEVER, REFUSED),
          new Row("UnsupportedFeatureException", "", Meaning.NEVER, REFUSED),
          new Row("PlatformTaskDefinitionIncompatibilityException", "", Meaning.NEVER, REFUSED),
          new Row("PlatformUnknownException", "", Meaning.NEVER, REFUSED),
          new Row("BlockedException", "", Meaning.LATER, "The account is blocked"),
          new Row("ThrottlingException", "", Meaning.LATER, "ECS is throttling"),
          new Row("LimitExceededException", "", Meaning.LATER, "A limit of ECS is reached"),
          new Row("ServerException", "", Meaning.LATER, "ECS failed"));

  private EcsErrors() {}

  static Meaning meaning(SdkException error) {
    return row(error).means();
  }

  /** The answer of a start that ended with this error. */
  static StartAnswer start(SdkException error) {
    Row row = row(error);
    String reason = (row.words().isEmpty() ? "" : row.words() + ": ") + message(error);
    return switch (row.means()) {
      case STARTED -> new StartAnswer.Accepted();
      case LATER, DEFINITION_GONE -> new StartAnswer.Unknown(reason);
      case NOT_HERE -> new StartAnswer.Refused(reason);
      case NEVER -> new StartAnswer.Unstartable(reason);
    };
  }

  private static Row row(SdkException error) {
    if (error instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
      String code = String.valueOf(refused.awsErrorDetails().errorCode());
      String message = message(error).toLowerCase(Locale.ROOT);
      for (Row row : ROWS) {
        if (row.code().equals(code) && message.contains(row.phrase())) {
          return row;
        }
      }
    }
    return new Row("", "", Meaning.LATER, "");
  }

  private static String message(SdkException error) {
    String message =
        error instanceof AwsServiceException refused && refused.awsErrorDetails() != null
            ? refused.awsErrorDetails().errorMessage()
            : error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
