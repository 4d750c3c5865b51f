package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.ComputeRules;
import dev.longshore.core.validation.Names;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import dev.longshore.core.validation.Transitions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Compute environments ({@code batch-semantics} 2.9, 17). */
public final class Environments {
  private final CatalogStore catalog;
  private final HostStore hosts;
  private final InstanceTypes types;
  private final InstantSource clock;
  private final Attachments attachments;

  public Environments(
      CatalogStore catalog, HostStore hosts, InstanceTypes types, InstantSource clock) {
    this.catalog = catalog;
    this.hosts = hosts;
    this.types = types;
    this.clock = clock;
    this.attachments = new Attachments(catalog);
  }

  /**
   * What a user asks for.
   *
   * @param managed what to scale, absent for an unmanaged environment
   * @param unmanagedVcpus of an unmanaged one
   * @param document the rest, as the wire module wrote it
   */
  public record Draft(
      String name,
      boolean enabled,
      @Nullable Managed managed,
      int unmanagedVcpus,
      String document,
      Map<String, String> tags) {
    public Draft {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * Stores it CREATING; {@link SettleResources} makes it VALID.
   *
   * @throws ClientFault when the name is taken or the draft breaks a rule
   */
  public void create(Draft draft) {
    Names.check("computeEnvironmentName", draft.name());
    Tags.check(draft.tags());
    if (draft.managed() != null) {
      ComputeRules.check(draft.managed(), types);
    }
    List<ComputeEnvironment> all = catalog.environments();
    Require.that(
        all.stream().noneMatch(each -> each.name().equals(draft.name())), "Object already exists");
    Require.that(
        all.size() < Quotas.ENVIRONMENTS,
        "There can be at most %d compute environments.".formatted(Quotas.ENVIRONMENTS));
    boolean created =
        catalog.createEnvironment(
            new ComputeEnvironment(
                draft.name(),
                draft.enabled(),
                ResourceStatus.CREATING,
                "",
                draft.managed(),
                draft.unmanagedVcpus(),
                draft.document(),
                draft.tags(),
                clock.millis(),
                1));
    Require.that(created, "Object already exists");
  }

  /** The environment of this name, in whatever status. */
  public Optional<ComputeEnvironment> find(String name) {
    return catalog.environment(name);
  }

  /** All of them, by name. */
  public List<ComputeEnvironment> all() {
    return catalog.environments();
  }

  /**
   * Changes what a user may change and stores it UPDATING.
   *
   * @param arn for the message when it does not exist
   * @param change from the stored one to the wanted one; status and version are set here. May be
   *     called again when somebody else was faster; may refuse
   */
  public void update(String name, String arn, UnaryOperator<ComputeEnvironment> change) {
    Swap.required(
        arn + " does not exist",
        () -> catalog.environment(name),
        before -> updated(before, change),
        catalog::saveEnvironment);
  }

  /**
   * Starts the deletion. Of what is being deleted already, it is a success.
   *
   * @param arn for the message when it does not exist
   */
  public void delete(String name, String arn) {
    Swap.required(
        arn + " does not exist",
        () -> catalog.environment(name),
        this::deleting,
        catalog::saveEnvironment);
  }

  /**
   * How many vCPUs it has, is getting or was asked to have: what clients see as {@code
   * desiredvCpus}, between its limits.
   */
  public int desired(ComputeEnvironment environment) {
    Managed managed = environment.managed();
    if (managed == null) {
      return 0;
    }
    int present = 0;
    for (Host host : hosts.hosts(environment.name())) {
      if (host.state() == Host.State.BOOTING || host.state() == Host.State.ACTIVE) {
        present += host.capacity().vcpus();
      }
    }
    for (Fleet.Intent intent : hosts.fleet(environment.name()).intents()) {
      present += intent.count() * intent.vcpus();
    }
    int wanted = Math.max(present, Math.max(managed.minVcpus(), managed.desiredVcpus()));
    return Math.min(wanted, managed.maxVcpus());
  }

  /** What an update makes of it that names {@code desiredvCpus}: asked for now. */
  public Managed desiredNow(Managed managed) {
    return managed.desiredSince(clock.millis());
  }

  private ComputeEnvironment updated(
      ComputeEnvironment before, UnaryOperator<ComputeEnvironment> change) {
    Transitions.checkUpdate(before.status());
    ComputeEnvironment wanted = change.apply(before);
    if (wanted.managed() != null) {
      ComputeRules.check(wanted.managed(), types);
    }
    return new ComputeEnvironment(
        before.name(),
        wanted.enabled(),
        ResourceStatus.UPDATING,
        "",
        wanted.managed(),
        wanted.unmanagedVcpus(),
        wanted.document(),
        before.tags(),
        before.createdAt(),
        before.version() + 1);
  }

  private ComputeEnvironment deleting(ComputeEnvironment before) {
    if (before.status() == ResourceStatus.DELETING) {
      return before;
    }
    Transitions.checkDelete(before.status(), before.enabled());
    Require.that(
        !attachments.inUse(before.name()), "Cannot delete, found existing JobQueue relationship.");
    return before.next(ResourceStatus.DELETING, "");
  }
}
