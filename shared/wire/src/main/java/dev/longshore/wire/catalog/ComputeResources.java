package dev.longshore.wire.catalog;

import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.ComputeRules;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.Tags;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.CRType;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.batch.model.Ec2Configuration;
import software.amazon.awssdk.services.batch.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.batch.model.LaunchTemplateSpecificationOverride;

/** The computeResources of a managed environment ({@code batch-semantics} 17.2). */
final class ComputeResources {
  private ComputeResources() {}

  /** What to scale, when all that a new environment needs is there. */
  static Managed checked(ComputeResource resource) {
    Managed managed = managed(resource);
    Require.text("Instance role", resource.instanceRole());
    Require.framed(!resource.subnets().isEmpty(), "Subnets are required.");
    Require.framed(
        !resource.securityGroupIds().isEmpty() || resource.launchTemplate() != null,
        "Security groups are required.");
    return managed;
  }

  /** What to scale; checks all members that are there. */
  static Managed managed(ComputeResource resource) {
    Market market = market(resource.type(), resource.typeAsString());
    int min = Require.present("Resource minvCpus", resource.minvCpus());
    int max = Require.present("Resource maxvCpus", resource.maxvCpus());
    Integer desired = resource.desiredvCpus();
    if (desired != null) {
      ComputeRules.checkDesired(desired, min, max);
    }
    checkRest(resource, market);
    String strategy = EnvironmentOperations.orNull(resource.allocationStrategyAsString());
    return new Managed(
        market,
        min,
        max,
        desired == null ? 0 : desired,
        resource.instanceTypes(),
        strategy == null ? ComputeRules.BEST_FIT : strategy);
  }

  /** What the model calls a type. */
  static CRType type(Market market) {
    return market == Market.SPOT ? CRType.SPOT : CRType.EC2;
  }

  private static Market market(@Nullable CRType type, @Nullable String text) {
    Require.text("computeResources.type", text);
    if (type == CRType.EC2) {
      return Market.ON_DEMAND;
    }
    if (type == CRType.SPOT) {
      return Market.SPOT;
    }
    throw new ClientFault(
        "computeResources.type %s is not supported; supported are EC2 and SPOT.".formatted(text));
  }

  private static void checkRest(ComputeResource resource, Market market) {
    Integer bid = resource.bidPercentage();
    if (bid != null) {
      Require.framed(market == Market.SPOT, "bidPercentage is not applicable for EC2.");
      Require.that(bid >= 1, "bidPercentage must be at least 1.");
    }
    Require.that(
        resource.ec2Configuration().size() <= Quotas.EC2_CONFIGURATIONS,
        "ec2Configuration must have at most %d entries.".formatted(Quotas.EC2_CONFIGURATIONS));
    for (Ec2Configuration each : resource.ec2Configuration()) {
      Require.text("ec2Configuration.imageType", each.imageType());
    }
    if (resource.launchTemplate() != null) {
      checkTemplate(resource.launchTemplate());
    }
    Tags.check(resource.tags());
  }

  private static void checkTemplate(LaunchTemplateSpecification template) {
    checkOneOf(template.launchTemplateId(), template.launchTemplateName());
    Require.that(
        template.overrides().size() <= Quotas.LAUNCH_TEMPLATE_OVERRIDES,
        "launchTemplate.overrides must have at most %d entries."
            .formatted(Quotas.LAUNCH_TEMPLATE_OVERRIDES));
    Set<String> targets = new HashSet<>();
    for (LaunchTemplateSpecificationOverride each : template.overrides()) {
      checkOneOf(each.launchTemplateId(), each.launchTemplateName());
      for (String type : each.targetInstanceTypes()) {
        Require.that(
            targets.add(type),
            "launchTemplate.overrides name target instance type %s twice.".formatted(type));
      }
    }
  }

  private static void checkOneOf(@Nullable String id, @Nullable String name) {
    Require.that(
        (EnvironmentOperations.orNull(id) == null) != (EnvironmentOperations.orNull(name) == null),
        "A launch template needs either launchTemplateId or launchTemplateName.");
  }
}
