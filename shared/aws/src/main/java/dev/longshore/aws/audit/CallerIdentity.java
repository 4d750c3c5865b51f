package dev.longshore.aws.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Who called, as CloudTrail says it. */
final class CallerIdentity {
  private static final int ARN_PARTS = 6;

  private CallerIdentity() {}

  /** From {@code arn}, {@code principalId} and {@code accountId} as the gateway knows them. */
  static ObjectNode of(JsonNode known) {
    Optional<String> arn = CallRecord.text(known, "arn");
    Optional<String> principal = CallRecord.text(known, "principalId");
    Optional<String> account = CallRecord.text(known, "accountId");
    String[] resource = resource(arn.orElse("")).split("/", -1);
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.put("type", type(resource[0]));
    principal.ifPresent(it -> identity.put("principalId", it));
    arn.ifPresent(it -> identity.put("arn", it));
    account.ifPresent(it -> identity.put("accountId", it));
    if (resource[0].equals("user")) {
      identity.put("userName", resource[resource.length - 1]);
    }
    if (resource[0].equals("assumed-role") && resource.length > 1) {
      ObjectNode issuer = identity.putObject("sessionContext").putObject("sessionIssuer");
      issuer.put("type", "Role");
      principal.ifPresent(it -> issuer.put("principalId", it.split(":", 2)[0]));
      account.ifPresent(it -> issuer.put("accountId", it));
      issuer.put("userName", resource[1]);
    }
    return identity;
  }

  private static String type(String kind) {
    return switch (kind) {
      case "root" -> "Root";
      case "user" -> "IAMUser";
      case "assumed-role" -> "AssumedRole";
      case "federated-user" -> "FederatedUser";
      default -> "Unknown";
    };
  }

  private static String resource(String arn) {
    String[] parts = arn.split(":", ARN_PARTS);
    return parts.length == ARN_PARTS ? parts[ARN_PARTS - 1] : "";
  }
}
