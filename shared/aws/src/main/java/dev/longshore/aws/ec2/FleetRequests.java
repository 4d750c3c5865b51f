package dev.longshore.aws.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.port.HostLauncher.Launch;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.DefaultTargetCapacityType;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateConfigRequest;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.FleetOnDemandAllocationStrategy;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SpotAllocationStrategy;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Writes a launch as one instant fleet ({@code batch-semantics} 21): the type that the capacity
 * planner chose, or on Spot its like, in every subnet of the environment, so that EC2 takes the
 * pool that has it.
 */
public final class FleetRequests {
  /** Which environment an instance belongs to. */
  public static final String ENVIRONMENT_TAG = "longshore:environment";

  /** Which launch it comes from. */
  static final String LAUNCH_TAG = "longshore:launch";

  /** Which of several stacks in one account it belongs to. */
  public static final String STACK_TAG = "longshore:stack";

  private static final int WHOLE_PRICE = 100;

  private final String stack;

  FleetRequests(String stack) {
    this.stack = stack;
  }

  /**
   * The request; the same for the same launch while environment, template and types are the same.
   *
   * @param types the planned one first
   */
  CreateFleetRequest of(
      Launch launch,
      ComputeEnvironment environment,
      ComputeResource resources,
      List<InstanceType> types,
      String image,
      Templates.Version template) {
    boolean prioritized = SpotPools.isPrioritized(environment.managed());
    List<FleetLaunchTemplateOverridesRequest> pools = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      InstanceType type = types.get(i);
      for (String subnet : resources.subnets()) {
        pools.add(
            FleetLaunchTemplateOverridesRequest.builder()
                .instanceType(type.name())
                .imageId(image)
                .subnetId(subnet)
                .priority(prioritized ? Double.valueOf(i) : null)
                .maxPrice(maxPrice(launch.market(), resources, type))
                .build());
      }
    }
    CreateFleetRequest.Builder fleet =
        CreateFleetRequest.builder()
            .type(FleetType.INSTANT)
            .clientToken(clientToken(launch.token()))
            .targetCapacitySpecification(target ->
                target
                    .totalTargetCapacity(launch.count())
                    .defaultTargetCapacityType(
                        launch.market() == Market.SPOT
                            ? DefaultTargetCapacityType.SPOT
                            : DefaultTargetCapacityType.ON_DEMAND))
            .launchTemplateConfigs(
                FleetLaunchTemplateConfigRequest.builder()
                    .launchTemplateSpecification(
                        it -> it.launchTemplateName(template.name()).version(template.number()))
                    .overrides(pools)
                    .build())
            .tagSpecifications(tags(launch));
    if (launch.market() == Market.SPOT) {
      fleet.spotOptions(spot -> spot.allocationStrategy(spotStrategy(environment.managed())));
    } else {
      fleet.onDemandOptions(
          demand -> demand.allocationStrategy(FleetOnDemandAllocationStrategy.LOWEST_PRICE));
    }
    return fleet.build();
  }

  /** EC2 takes 64 characters; names of environments may be longer. */
  static String clientToken(String token) {
    return UUID.nameUUIDFromBytes(token.getBytes(UTF_8)).toString();
  }

  private TagSpecification tags(Launch launch) {
    List<Tag> tags = new ArrayList<>(identity(launch.environment()));
    tags.add(Tag.builder().key(LAUNCH_TAG).value(launch.token()).build());
    return TagSpecification.builder().resourceType(ResourceType.INSTANCE).tags(tags).build();
  }

  /** The tags by which an instance is known as one of this environment of this stack. */
  List<Tag> identity(String environment) {
    return List.of(
        Tag.builder().key(ENVIRONMENT_TAG).value(environment).build(),
        Tag.builder().key(STACK_TAG).value(stack).build());
  }

  /** Batch's strategies in EC2's words ({@code batch-semantics} 17.3). */
  private static SpotAllocationStrategy spotStrategy(@Nullable Managed managed) {
    return switch (managed == null ? "" : managed.allocationStrategy()) {
      case "SPOT_CAPACITY_OPTIMIZED" -> SpotAllocationStrategy.CAPACITY_OPTIMIZED;
      case "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED" ->
          SpotAllocationStrategy.CAPACITY_OPTIMIZED_PRIORITIZED;
      case "SPOT_PRICE_CAPACITY_OPTIMIZED" -> SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED;
      default -> SpotAllocationStrategy.LOWEST_PRICE;
    };
  }

  /** Only a bid below the On-Demand price needs one: without it, that price is the limit. */
  private static @Nullable String maxPrice(
      Market market, ComputeResource resources, InstanceType type) {
    Integer percent = resources.bidPercentage();
    return market == Market.SPOT && percent != null && percent < WHOLE_PRICE
        ? String.format(Locale.ROOT, "%.6f", type.hourlyPrice() * percent / WHOLE_PRICE)
        : null;
  }
}
