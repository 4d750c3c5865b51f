package dev.longshore.aws.ecs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.aws.pacing.Pace;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.wire.codec.WireJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Task definitions in ECS: one for each distinct content, registered on first use. The content's
 * hash is part of the family's name. So whoever was cut off between registering and remembering is
 * followed by one that finds the family and registers nothing; and of two that register at the same
 * time the one that is remembered first counts for all, so that repeated starts name the same one.
 */
final class TaskDefinitions {
  private static final Duration MOST_WAIT = Duration.ofSeconds(1);
  private static final int HASH_LENGTH = 16;

  private final EcsClient ecs;
  private final DefinitionMemory memory;
  private final Pace pace;

  /**
   * The task definitions of one account.
   *
   * @param pace of registrations
   */
  TaskDefinitions(EcsClient ecs, DefinitionMemory memory, Pace pace) {
    this.ecs = ecs;
    this.memory = memory;
    this.pace = pace;
  }

  /**
   * What a task definition is called in ECS.
   *
   * @param hash names its content
   * @param revision ECS's number
   */
  record Registered(DefinitionId definition, String hash, int revision) {
    /** Family and revision. */
    String name() {
      return family(definition, hash) + ":" + revision;
    }
  }

  /**
   * The task definition with this content; empty when one must be registered and the pace does not
   * allow it now.
   */
  Optional<Registered> of(DefinitionId definition, RegisterTaskDefinitionRequest body) {
    String hash = hash(body);
    OptionalInt known = memory.find(definition, hash);
    if (known.isPresent()) {
      return Optional.of(new Registered(definition, hash, known.getAsInt()));
    }
    return register(definition, hash, body, 0);
  }

  /** Another one with the same content, because somebody deregistered this one. */
  Optional<Registered> instead(Registered gone, RegisterTaskDefinitionRequest body) {
    return register(gone.definition(), gone.hash(), body, gone.revision());
  }

  private Optional<Registered> register(
      DefinitionId definition, String hash, RegisterTaskDefinitionRequest body, int instead) {
    String family = family(definition, hash);
    OptionalInt active = newest(family);
    if (active.isEmpty() && !pace.take(MOST_WAIT)) {
      return Optional.empty();
    }
    int revision =
        active.isPresent()
            ? active.getAsInt()
            : ecs.registerTaskDefinition(body.toBuilder().family(family).build())
                .taskDefinition()
                .revision();
    int remembered = memory.remember(definition, hash, revision, instead);
    return Optional.of(new Registered(definition, hash, remembered));
  }

  private OptionalInt newest(String family) {
    try {
      TaskDefinition found =
          ecs.describeTaskDefinition(describe -> describe.taskDefinition(family)).taskDefinition();
      return found.status() == TaskDefinitionStatus.ACTIVE
          ? OptionalInt.of(found.revision())
          : OptionalInt.empty();
    } catch (ClientException unknown) {
      // What ECS says of a family that has no active revision.
      return OptionalInt.empty();
    }
  }

  private static String family(DefinitionId definition, String hash) {
    return "longshore-" + definition.name() + "-" + definition.revision() + "-" + hash;
  }

  private static String hash(RegisterTaskDefinitionRequest body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(WireJson.write(body).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
