package dev.longshore.wire;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of resources as clients see them ({@code batch-semantics} 1.4). Nothing stores region or
 * account: answers carry those of the caller, and on input any are accepted.
 *
 * @param region such as {@code eu-central-1}
 * @param account 12 digits
 */
public record Arns(String region, String account) {
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z0-9-]+:batch:[a-z0-9-]*:[0-9]*:([a-z-]+)/(.+)");

  /** Kinds of Batch resources. */
  public enum Kind {
    COMPUTE_ENVIRONMENT("compute-environment"),
    JOB_QUEUE("job-queue"),
    JOB_DEFINITION("job-definition"),
    JOB("job"),
    SCHEDULING_POLICY("scheduling-policy"),
    CONSUMABLE_RESOURCE("consumable-resource"),
    SERVICE_ENVIRONMENT("service-environment"),
    SERVICE_JOB("service-job");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** What it is in words, as messages name it. */
    public String words() {
      return text.replace('-', ' ');
    }

    private static Optional<Kind> of(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * What an ARN names.
   *
   * @param kind kind of resource
   * @param name all after the kind: a name, {@code name:revision} or a job ID
   */
  public record Named(Kind kind, String name) {}

  /** Reads an ARN of a Batch resource, of any region and account; empty for anything else. */
  public static Optional<Named> parse(String arn) {
    Matcher parts = ARN.matcher(arn);
    return parts.matches()
        ? Kind.of(parts.group(1)).map(kind -> new Named(kind, parts.group(2)))
        : Optional.empty();
  }

  /**
   * The name that a member holds which takes a name or an ARN of this kind; empty when it is an ARN
   * of something else.
   */
  public static Optional<String> nameOf(Kind kind, String nameOrArn) {
    if (!nameOrArn.startsWith("arn:")) {
      return Optional.of(nameOrArn);
    }
    return parse(nameOrArn).filter(named -> named.kind() == kind).map(Named::name);
  }

  /** ARN of a resource of this kind. */
  public String of(Kind kind, String name) {
    return "arn:aws:batch:" + region + ":" + account + ":" + kind.text + "/" + name;
  }

  public String queue(String name) {
    return of(Kind.JOB_QUEUE, name);
  }

  public String environment(String name) {
    return of(Kind.COMPUTE_ENVIRONMENT, name);
  }

  /** With the revision. */
  public String definition(DefinitionId id) {
    return of(Kind.JOB_DEFINITION, id.toString());
  }

  public String job(JobKey key) {
    return of(Kind.JOB, key.toString());
  }

  public String policy(String name) {
    return of(Kind.SCHEDULING_POLICY, name);
  }

  public String consumable(String name) {
    return of(Kind.CONSUMABLE_RESOURCE, name);
  }

  /** The ECS cluster of a compute environment. */
  public String cluster(String environment) {
    return ecs("cluster", ComputeEnvironment.clusterOf(environment));
  }

  /** An ECS task in the cluster of a compute environment. */
  public String task(String environment, String task) {
    return ecs("task", ComputeEnvironment.clusterOf(environment) + "/" + task);
  }

  /** An ECS container instance in the cluster of a compute environment. */
  public String containerInstance(String environment, String id) {
    return ecs("container-instance", ComputeEnvironment.clusterOf(environment) + "/" + id);
  }

  private String ecs(String kind, String name) {
    return "arn:aws:ecs:" + region + ":" + account + ":" + kind + "/" + name;
  }
}
