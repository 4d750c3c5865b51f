package dev.longshore.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for: the part of a job that never changes, and of that only what the engine
 * decides on. The rest (command, environment, volumes …) is in the {@link JobDocument} and in the
 * definition's document. Children of an array share their parent's.
 *
 * @param name job name
 * @param queue queue name
 * @param definition the resolved revision
 * @param shape vCPUs, MiB and GPUs of one attempt, overrides applied
 * @param retry the effective strategy
 * @param timeoutSeconds per attempt from its start, 0 for none
 * @param arraySize 2 to 10,000, 0 when the job is no array
 * @param share share identifier in a fair-share queue
 * @param priority scheduling priority inside the share, 0 when none was given
 * @param createdAt epoch ms
 * @param order in which order its children may start
 * @param needs what an attempt takes of consumable resources, by name, each once; of a multi-node
 *     job what all its nodes take together
 * @param nodes the nodes of a multi-node job, absent for any other; {@code shape} is then the main
 *     node's
 */
public record JobSpec(
    String name,
    String queue,
    DefinitionId definition,
    Shape shape,
    RetryStrategy retry,
    int timeoutSeconds,
    int arraySize,
    @Nullable String share,
    int priority,
    long createdAt,
    ChildOrder order,
    List<Need> needs,
    @Nullable NodeGroups nodes) {
  public JobSpec {
    needs = needs.stream().sorted().toList();
  }

  /** A job that is not a multi-node one. */
  public JobSpec(
      String name,
      String queue,
      DefinitionId definition,
      Shape shape,
      RetryStrategy retry,
      int timeoutSeconds,
      int arraySize,
      @Nullable String share,
      int priority,
      long createdAt,
      ChildOrder order,
      List<Need> needs) {
    this(
        name,
        queue,
        definition,
        shape,
        retry,
        timeoutSeconds,
        arraySize,
        share,
        priority,
        createdAt,
        order,
        needs,
        null);
  }

  /** A job whose children, if any, may start in any order, and that needs room on a host only. */
  public JobSpec(
      String name,
      String queue,
      DefinitionId definition,
      Shape shape,
      RetryStrategy retry,
      int timeoutSeconds,
      int arraySize,
      @Nullable String share,
      int priority,
      long createdAt) {
    this(
        name,
        queue,
        definition,
        shape,
        retry,
        timeoutSeconds,
        arraySize,
        share,
        priority,
        createdAt,
        ChildOrder.NONE,
        List.of(),
        null);
  }

  /** True for a multi-node job and for its nodes. */
  public boolean isMultiNode() {
    return nodes != null;
  }

  /** What one attempt of this job, or of this member of it, asks for. */
  public Shape shapeOf(JobKey key) {
    return nodes != null && key.member() == JobKey.Member.NODE ? nodes.shapeOf(key.index()) : shape;
  }

  /** True for the parent of an array and for its children. */
  public boolean isArray() {
    return arraySize > 0;
  }
}
