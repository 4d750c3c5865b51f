package dev.longshore.aws.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import dev.longshore.core.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.batch.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.batch.model.LaunchTemplateSpecificationOverride;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceRequirementsRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * One launch template of ours for each compute environment: the user's own template, if any, with
 * what the environment says and what an instance needs to join its cluster. A new version is made
 * when the content is another one; its description is the content's hash, so that asking twice
 * makes it once.
 */
public final class Templates {
  private final Ec2Client ec2;

  /** The templates of one account and region. */
  public Templates(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /** The template to launch from. */
  record Version(String name, String number) {}

  /** Name of the template of an environment; it follows from the environment's name. */
  static String nameOf(String environment) {
    String cluster = ComputeEnvironment.clusterOf(environment);
    return "longshore-" + cluster.substring(cluster.length() - 36);
  }

  /**
   * Makes sure of the template for this type.
   *
   * @throws IllegalArgumentException when the user's template cannot be joined with ours
   */
  Version of(String environment, ComputeResource resources, InstanceType type) {
    String name = nameOf(environment);
    RequestLaunchTemplateData data = data(environment, resources, type);
    // The model's text leaves user data out.
    String hash =
        UUID.nameUUIDFromBytes((data + "\n" + data.userData()).getBytes(UTF_8)).toString();
    List<LaunchTemplateVersion> versions = versions(name);
    for (LaunchTemplateVersion each : versions) {
      if (hash.equals(each.versionDescription())) {
        return new Version(name, each.versionNumber().toString());
      }
    }
    if (versions.isEmpty()) {
      try {
        ec2.createLaunchTemplate(create ->
            create
                .launchTemplateName(name)
                .versionDescription(hash)
                .launchTemplateData(data)
                .tagSpecifications(mark(environment))
                .clientToken(hash));
        return new Version(name, "1");
      } catch (AwsServiceException e) {
        if (!isCode(e, "InvalidLaunchTemplateName.AlreadyExistsException")) {
          throw e;
        }
      }
    }
    long number =
        ec2.createLaunchTemplateVersion(create ->
                create
                    .launchTemplateName(name)
                    .versionDescription(hash)
                    .launchTemplateData(data)
                    .clientToken(hash))
            .launchTemplateVersion()
            .versionNumber();
    return new Version(name, Long.toString(number));
  }

  /**
   * Removes the template of an environment; one that is not there is no error. It is looked for
   * first: our role may delete what carries our tag, and what is not there carries none, so that
   * AWS may refuse the call instead of saying that there is nothing.
   *
   * @throws StoreException when EC2 did not do it; trying again is right
   */
  public void delete(String environment) {
    String name = nameOf(environment);
    try {
      if (!versions(name).isEmpty()) {
        ec2.deleteLaunchTemplate(delete -> delete.launchTemplateName(name));
      }
    } catch (SdkException e) {
      if (!(e instanceof AwsServiceException refused && isUnknown(refused))) {
        throw new StoreException("EC2 did not answer: " + e.getMessage(), e);
      }
    }
  }

  /** By it roles tell our templates from others. */
  private static TagSpecification mark(String environment) {
    return TagSpecification.builder()
        .resourceType(ResourceType.LAUNCH_TEMPLATE)
        .tags(Tag.builder().key(FleetRequests.ENVIRONMENT_TAG).value(environment).build())
        .build();
  }

  private List<LaunchTemplateVersion> versions(String name) {
    List<LaunchTemplateVersion> versions = new ArrayList<>();
    try {
      ec2.describeLaunchTemplateVersionsPaginator(describe -> describe.launchTemplateName(name))
          .launchTemplateVersions()
          .forEach(versions::add);
    } catch (AwsServiceException e) {
      if (!isUnknown(e)) {
        throw e;
      }
    }
    return versions;
  }

  /** {@code InvalidLaunchTemplateName.NotFoundException}, or the like with the ID. */
  private static boolean isUnknown(AwsServiceException e) {
    return e.awsErrorDetails() != null
        && e.awsErrorDetails().errorCode().startsWith("InvalidLaunchTemplate")
        && e.awsErrorDetails().errorCode().contains(".NotFound");
  }

  private static boolean isCode(AwsServiceException e, String code) {
    return e.awsErrorDetails() != null && code.equals(e.awsErrorDetails().errorCode());
  }

  private RequestLaunchTemplateData data(
      String environment, ComputeResource resources, InstanceType type) {
    boolean gpu = type.usable().gpus() > 0;
    RequestLaunchTemplateData users =
        users(resources, type.name()).orElse(RequestLaunchTemplateData.builder().build());
    RequestLaunchTemplateData.Builder data =
        users.toBuilder()
            .instanceType((String) null)
            .disableApiTermination(null)
            .userData(Bootstrap.userData(environment, gpu, users.userData()))
            .iamInstanceProfile(profile -> {
              String role = resources.instanceRole();
              if (role != null && role.startsWith("arn:")) {
                profile.arn(role);
              } else {
                profile.name(role);
              }
            });
    data.instanceRequirements((InstanceRequirementsRequest) null);
    data.instanceMarketOptions((LaunchTemplateInstanceMarketOptionsRequest) null);
    if (!resources.securityGroupIds().isEmpty()) {
      data.securityGroupIds(resources.securityGroupIds());
    }
    if (resources.ec2KeyPair() != null && !resources.ec2KeyPair().isEmpty()) {
      data.keyName(resources.ec2KeyPair());
    }
    if (resources.placementGroup() != null && !resources.placementGroup().isEmpty()) {
      data.placement(placement -> placement.groupName(resources.placementGroup()));
    }
    if (users.metadataOptions() == null) {
      data.metadataOptions(options -> options.httpTokens("required").httpPutResponseHopLimit(2));
    }
    return data.tagSpecifications(tags(users, resources.tags())).build();
  }

  /** Tags merge; the environment's win ({@code batch-semantics} 17.2). */
  private static List<LaunchTemplateTagSpecificationRequest> tags(
      RequestLaunchTemplateData users, Map<String, String> environments) {
    List<LaunchTemplateTagSpecificationRequest> specifications = new ArrayList<>();
    Map<String, String> merged = new TreeMap<>();
    for (LaunchTemplateTagSpecificationRequest each : users.tagSpecifications()) {
      if (each.resourceType() == ResourceType.INSTANCE) {
        each.tags().forEach(tag -> merged.put(tag.key(), tag.value()));
      } else {
        specifications.add(each);
      }
    }
    merged.putAll(environments);
    if (!merged.isEmpty()) {
      List<Tag> list = new ArrayList<>();
      merged.forEach((key, value) -> list.add(Tag.builder().key(key).value(value).build()));
      specifications.add(
          LaunchTemplateTagSpecificationRequest.builder()
              .resourceType(ResourceType.INSTANCE)
              .tags(list)
              .build());
    }
    return specifications;
  }

  /** The user's template for this type, as a request for the same. */
  private Optional<RequestLaunchTemplateData> users(
      ComputeResource resources, String instanceType) {
    LaunchTemplateSpecification given = resources.launchTemplate();
    if (given == null) {
      return Optional.empty();
    }
    String id = given.launchTemplateId();
    String name = given.launchTemplateName();
    String version = given.version();
    for (LaunchTemplateSpecificationOverride each : given.overrides()) {
      if (each.targetInstanceTypes().stream().anyMatch(it -> isMeant(it, instanceType))) {
        id = each.launchTemplateId();
        name = each.launchTemplateName();
        version = each.version();
      }
    }
    return Optional.of(read(blankToNull(id), blankToNull(name), blankToNull(version)));
  }

  /** A size or a family. */
  private static boolean isMeant(String target, String instanceType) {
    return instanceType.equals(target) || instanceType.startsWith(target + ".");
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private RequestLaunchTemplateData read(
      @Nullable String id, @Nullable String name, @Nullable String version) {
    LaunchTemplateVersion found =
        ec2.describeLaunchTemplateVersions(describe ->
                describe
                    .launchTemplateId(id)
                    .launchTemplateName(name)
                    .versions(version == null ? "$Default" : version))
            .launchTemplateVersions()
            .getFirst();
    RequestLaunchTemplateData.Builder data = RequestLaunchTemplateData.builder();
    PojoCopy.copy(found.launchTemplateData(), data);
    return data.build();
  }
}
