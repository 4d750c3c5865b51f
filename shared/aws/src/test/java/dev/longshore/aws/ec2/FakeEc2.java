package dev.longshore.aws.ec2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateFleetError;
import software.amazon.awssdk.services.ec2.model.CreateFleetInstance;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** EC2 as it is documented, in memory: tokens, pools with so much capacity, tags, templates. */
public final class FakeEc2 implements Ec2Client {
  public final List<CreateFleetRequest> fleets = new ArrayList<>();
  public final List<String> terminated = new ArrayList<>();

  /** How many instances each subnet still has; as many as wanted when absent. */
  public final Map<String, Integer> capacity = new HashMap<>();

  /** What a subnet without capacity says. */
  String shortage = "InsufficientInstanceCapacity";

  /** Thrown by the next CreateFleet before it does its work, and after. */
  public final List<RuntimeException> before = new ArrayList<>();

  public final List<RuntimeException> after = new ArrayList<>();

  /** While true, what was launched is in no listing yet. */
  public boolean stale;

  final Map<String, List<LaunchTemplateVersion>> templates = new HashMap<>();
  private final Map<String, List<RequestLaunchTemplateData>> contents = new HashMap<>();
  private final Map<String, CreateFleetRequest> tokens = new HashMap<>();
  private final Map<String, CreateFleetResponse> answers = new HashMap<>();
  private final Map<String, Instance> instances = new LinkedHashMap<>();

  /** An error as EC2 answers it. */
  public static Ec2Exception error(String code, String message) {
    return (Ec2Exception)
        Ec2Exception.builder()
            .message(message)
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  /** An instance of somebody else. */
  void foreign(String id) {
    instances.put(id, Instance.builder().instanceId(id).state(s -> s.name("running")).build());
  }

  @Override
  public CreateFleetResponse createFleet(CreateFleetRequest request) {
    if (!before.isEmpty()) {
      throw before.removeFirst();
    }
    CreateFleetRequest earlier = tokens.putIfAbsent(request.clientToken(), request);
    if (earlier != null && !earlier.equals(request)) {
      throw error("IdempotentParameterMismatch", "The token was used with other parameters.");
    }
    if (earlier == null) {
      fleets.add(request);
      answers.put(request.clientToken(), launch(request));
    }
    if (!after.isEmpty()) {
      throw after.removeFirst();
    }
    return Objects.requireNonNull(answers.get(request.clientToken()));
  }

  private CreateFleetResponse launch(CreateFleetRequest request) {
    int missing = request.targetCapacitySpecification().totalTargetCapacity();
    List<CreateFleetInstance> launched = new ArrayList<>();
    List<CreateFleetError> errors = new ArrayList<>();
    for (FleetLaunchTemplateOverridesRequest pool :
        request.launchTemplateConfigs().getFirst().overrides()) {
      int some = Math.min(missing, capacity.getOrDefault(pool.subnetId(), missing));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < some; i++) {
        ids.add(boot(request.tagSpecifications().getFirst().tags()));
      }
      missing -= some;
      if (some > 0) {
        launched.add(CreateFleetInstance.builder().instanceIds(ids).build());
      }
      if (missing > 0) {
        errors.add(
            CreateFleetError.builder()
                .errorCode(shortage)
                .errorMessage("not in " + pool.subnetId())
                .build());
      }
    }
    return CreateFleetResponse.builder().instances(launched).errors(errors).build();
  }

  /** An instance with these tags comes up, without a launch that anybody knows of; its ID. */
  public String boot(List<Tag> tags) {
    String id = "i-%017x".formatted(instances.size() + 1);
    instances.put(
        id, Instance.builder().instanceId(id).tags(tags).state(s -> s.name("pending")).build());
    return id;
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    List<Instance> found =
        stale
            ? List.of()
            : instances.values().stream()
                .filter(each -> request.filters().stream().allMatch(it -> matches(each, it)))
                .toList();
    // One to a page.
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(found.size(), from + 1);
    return DescribeInstancesResponse.builder()
        .reservations(Reservation.builder().instances(found.subList(from, to)).build())
        .nextToken(to < found.size() ? Integer.toString(to) : null)
        .build();
  }

  private static boolean matches(Instance instance, Filter filter) {
    return switch (filter.name()) {
      case "instance-id" -> filter.values().contains(instance.instanceId());
      case "instance-state-name" -> filter.values().contains(instance.state().nameAsString());
      default ->
          instance.tags().stream()
              .anyMatch(tag ->
                  filter.name().equals("tag:" + tag.key())
                      && filter.values().contains(tag.value()));
    };
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    for (String id : request.instanceIds()) {
      if (!instances.containsKey(id)) {
        throw error("InvalidInstanceID.NotFound", "The instance ID does not exist.");
      }
      terminated.add(id);
      instances.computeIfPresent(
          id,
          (_, it) -> it.toBuilder().state(s -> s.name(InstanceStateName.SHUTTING_DOWN)).build());
    }
    return TerminateInstancesResponse.builder().build();
  }

  @Override
  public DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(
      DescribeLaunchTemplateVersionsRequest request) {
    List<LaunchTemplateVersion> versions = templates.get(request.launchTemplateName());
    if (versions == null) {
      throw error("InvalidLaunchTemplateName.NotFoundException", "no such template");
    }
    return DescribeLaunchTemplateVersionsResponse.builder()
        .launchTemplateVersions(versions)
        .build();
  }

  /** What our template of this environment says, version by version. */
  List<RequestLaunchTemplateData> ours(String environment) {
    return contents.getOrDefault(Templates.nameOf(environment), List.of());
  }

  /** A template of the user's. */
  void template(String name, ResponseLaunchTemplateData data) {
    templates.put(
        name,
        new ArrayList<>(
            List.of(
                LaunchTemplateVersion.builder()
                    .versionNumber(1L)
                    .launchTemplateData(data)
                    .build())));
  }

  private long add(String name, String description, RequestLaunchTemplateData data) {
    List<LaunchTemplateVersion> versions = templates.computeIfAbsent(name, _ -> new ArrayList<>());
    versions.add(
        LaunchTemplateVersion.builder()
            .versionNumber(versions.size() + 1L)
            .versionDescription(description)
            .build());
    contents.computeIfAbsent(name, _ -> new ArrayList<>()).add(data);
    return versions.size();
  }

  @Override
  public CreateLaunchTemplateResponse createLaunchTemplate(CreateLaunchTemplateRequest request) {
    if (templates.containsKey(request.launchTemplateName())) {
      throw error("InvalidLaunchTemplateName.AlreadyExistsException", "it is there");
    }
    add(request.launchTemplateName(), request.versionDescription(), request.launchTemplateData());
    return CreateLaunchTemplateResponse.builder().build();
  }

  @Override
  public CreateLaunchTemplateVersionResponse createLaunchTemplateVersion(
      CreateLaunchTemplateVersionRequest request) {
    long number =
        add(
            request.launchTemplateName(),
            request.versionDescription(),
            request.launchTemplateData());
    return CreateLaunchTemplateVersionResponse.builder()
        .launchTemplateVersion(version -> version.versionNumber(number))
        .build();
  }

  @Override
  public DeleteLaunchTemplateResponse deleteLaunchTemplate(DeleteLaunchTemplateRequest request) {
    if (templates.remove(request.launchTemplateName()) == null) {
      // As AWS answers a role that may delete what has a certain tag.
      throw error("UnauthorizedOperation", "no such template, so it has no tag");
    }
    return DeleteLaunchTemplateResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
