package dev.longshore.aws.ec2;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import dev.longshore.core.port.StoreException;
import dev.longshore.wire.catalog.ComputeDocuments;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateFleetError;
import software.amazon.awssdk.services.ec2.model.CreateFleetInstance;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Hosts on EC2. A launch is one instant fleet under its token; instances are known by their tags,
 * so that nothing but what was launched here is ever terminated.
 */
public final class Ec2Hosts implements HostLauncher {
  private final Ec2Client ec2;
  private final CatalogStore catalog;
  private final InstanceTypes types;
  private final Clusters clusters;
  private final Templates templates;
  private final FleetRequests fleets;
  private final String stack;

  /**
   * Hosts of one account and region.
   *
   * @param ec2 answers within bounded time
   * @param catalog knows what was asked for of environments
   * @param types their architecture, GPUs and prices
   * @param clusters made sure of before hosts are launched for them
   * @param stack name of the stack, the same for all its functions and for no other stack
   */
  public Ec2Hosts(
      Ec2Client ec2, CatalogStore catalog, InstanceTypes types, Clusters clusters, String stack) {
    this.ec2 = ec2;
    this.catalog = catalog;
    this.types = types;
    this.clusters = clusters;
    this.templates = new Templates(ec2);
    this.fleets = new FleetRequests(stack);
    this.stack = stack;
  }

  @Override
  public Launched launch(Launch launch) {
    Optional<ComputeEnvironment> environment = catalog.environment(launch.environment());
    Optional<ComputeResource> resources = environment.flatMap(ComputeDocuments::resources);
    Optional<InstanceType> type = types.find(launch.instanceType());
    if (resources.isEmpty() || type.isEmpty()) {
      return new Launched(List.of(), "There is no instance type " + launch.instanceType() + ".");
    }
    String noCluster = clusters.create(launch.environment());
    if (!noCluster.isEmpty()) {
      return Launched.misconfigured(noCluster);
    }
    try {
      return answer(
          launch, ec2.createFleet(request(launch, environment.get(), resources.get(), type.get())));
    } catch (IllegalArgumentException e) {
      return Launched.misconfigured(String.valueOf(e.getMessage()));
    } catch (AwsServiceException e) {
      return refused(launch, e);
    } catch (SdkException e) {
      throw unknown(e);
    }
  }

  private CreateFleetRequest request(
      Launch launch, ComputeEnvironment environment, ComputeResource resources, InstanceType type) {
    return fleets.of(
        launch,
        environment,
        resources,
        SpotPools.of(launch, environment.managed(), resources, type, types),
        Images.of(resources, type),
        templates.of(launch.environment(), resources, type));
  }

  /** Less than was asked for is normal: a list of instances and a list of errors. */
  private static Launched answer(Launch launch, CreateFleetResponse response) {
    List<String> instances = new ArrayList<>();
    for (CreateFleetInstance each : response.instances()) {
      instances.addAll(each.instanceIds());
    }
    if (instances.size() >= launch.count()) {
      return new Launched(instances, "");
    }
    Set<String> reasons = new LinkedHashSet<>();
    boolean configuration = !response.errors().isEmpty();
    for (CreateFleetError error : response.errors()) {
      reasons.add(Ec2Errors.words(error.errorCode(), error.errorMessage()));
      configuration &= Ec2Errors.meaning(error.errorCode()) == Ec2Errors.Meaning.CONFIGURATION;
    }
    String why =
        reasons.isEmpty()
            ? "EC2 launched %d of %d.".formatted(instances.size(), launch.count())
            : String.join(" ", reasons);
    return configuration && instances.isEmpty()
        ? Launched.misconfigured(why)
        : new Launched(instances, why);
  }

  private Launched refused(Launch launch, AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    if (code == null || code.isEmpty() || e.isThrottlingException() || e.statusCode() >= 500) {
      throw unknown(e);
    }
    String words = Ec2Errors.words(code, String.valueOf(e.awsErrorDetails().errorMessage()));
    return switch (Ec2Errors.meaning(code)) {
      case SHORTAGE -> new Launched(List.of(), words);
      case CONFIGURATION -> Launched.misconfigured(words);
      case LATER -> throw unknown(e);
      case LAUNCHED_BEFORE ->
          new Launched(List.copyOf(ids(launch.environment(), launch.token())), "");
    };
  }

  @Override
  public void terminate(HostId host) {
    asking(() -> {
      // Hosts of unmanaged environments are their users'. A fresh one may be missing in the
      // listing, and is ours all the same.
      boolean foreign =
          described(List.of(filter("instance-id", host.instance()))).stream()
              .anyMatch(instance -> !isOurs(instance, host.environment()));
      if (!foreign) {
        end(host.instance());
      }
      return foreign;
    });
  }

  private boolean isOurs(Instance instance, String environment) {
    return instance.hasTags() && instance.tags().containsAll(fleets.identity(environment));
  }

  private void end(String instance) {
    try {
      ec2.terminateInstances(terminate -> terminate.instanceIds(instance));
    } catch (AwsServiceException e) {
      boolean gone =
          e.awsErrorDetails() != null
              && String.valueOf(e.awsErrorDetails().errorCode()).startsWith("InvalidInstanceID");
      if (!gone) {
        throw e;
      }
    }
  }

  @Override
  public Set<String> instances(String environment) {
    return asking(() -> ids(environment, null));
  }

  private Set<String> ids(String environment, @Nullable String token) {
    List<Filter> filters = new ArrayList<>();
    filters.add(filter("tag:" + FleetRequests.ENVIRONMENT_TAG, environment));
    filters.add(filter("tag:" + FleetRequests.STACK_TAG, stack));
    filters.add(filter("instance-state-name", "pending", "running", "stopping", "stopped"));
    if (token != null) {
      filters.add(filter("tag:" + FleetRequests.LAUNCH_TAG, token));
    }
    return described(filters).stream()
        .map(Instance::instanceId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Instance> described(List<Filter> filters) {
    List<Instance> found = new ArrayList<>();
    ec2.describeInstancesPaginator(describe -> describe.filters(filters))
        .reservations()
        .forEach(reservation -> found.addAll(reservation.instances()));
    return found;
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw unknown(e);
    }
  }

  private static StoreException unknown(SdkException e) {
    return new StoreException("EC2 did not answer: " + e.getMessage(), e);
  }
}
