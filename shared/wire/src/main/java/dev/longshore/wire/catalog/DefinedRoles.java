package dev.longshore.wire.catalog;

import dev.longshore.wire.http.Caller;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EcsProperties;
import software.amazon.awssdk.services.batch.model.EcsTaskProperties;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;

/**
 * The IAM roles that a job definition gives to its jobs: those of its containers, of its tasks and
 * of all its nodes. No override of a submission can change them.
 */
public final class DefinedRoles {
  private final Caller caller;
  private final Set<String> arns = new LinkedHashSet<>();

  private DefinedRoles(Caller caller) {
    this.caller = caller;
  }

  /** Their ARNs, in the account of the caller where a definition has the name only. */
  static Set<String> of(RegisterJobDefinitionRequest request, Caller caller) {
    return of(
        request.containerProperties(), request.ecsProperties(), request.nodeProperties(), caller);
  }

  /** Their ARNs, in the account of the caller where a definition has the name only. */
  public static Set<String> of(JobDefinition definition, Caller caller) {
    return of(
        definition.containerProperties(),
        definition.ecsProperties(),
        definition.nodeProperties(),
        caller);
  }

  private static Set<String> of(
      @Nullable ContainerProperties container,
      @Nullable EcsProperties ecs,
      @Nullable NodeProperties nodes,
      Caller caller) {
    DefinedRoles roles = new DefinedRoles(caller);
    roles.add(container);
    roles.add(ecs);
    if (nodes != null) {
      for (NodeRangeProperty range : nodes.nodeRangeProperties()) {
        roles.add(range.container());
        roles.add(range.ecsProperties());
      }
    }
    return roles.arns;
  }

  private void add(@Nullable ContainerProperties container) {
    if (container != null) {
      add(container.jobRoleArn());
      add(container.executionRoleArn());
    }
  }

  private void add(@Nullable EcsProperties ecs) {
    if (ecs != null) {
      for (EcsTaskProperties task : ecs.taskProperties()) {
        add(task.taskRoleArn());
        add(task.executionRoleArn());
      }
    }
  }

  /** Some clients send an empty one for none. */
  private void add(@Nullable String role) {
    if (role != null && !role.isEmpty()) {
      arns.add(caller.roleArn(role));
    }
  }
}
