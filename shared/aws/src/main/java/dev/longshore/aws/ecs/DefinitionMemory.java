package dev.longshore.aws.ecs;

import dev.longshore.core.model.DefinitionId;
import java.util.OptionalInt;

/** Remembers which ECS task definitions were registered for revisions of job definitions. */
public interface DefinitionMemory {
  /**
   * The revision of the task definition with this content.
   *
   * @param hash names the content
   */
  OptionalInt find(DefinitionId definition, String hash);

  /**
   * Remembers a registered one, unless another one is remembered.
   *
   * @param instead of which revision, because that one is of no use any more; 0 for none
   * @return what is remembered now
   */
  int remember(DefinitionId definition, String hash, int revision, int instead);
}
