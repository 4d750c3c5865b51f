package dev.longshore.infra;

import dev.longshore.aws.ec2.FleetRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.Role;

/** What a function may do with instances; {@code docs/security.md} says why. */
final class InstanceGrants {
  /** Only what carries the tag of an environment. */
  static final Map<String, Map<String, String>> OURS =
      Map.of("Null", Map.of("aws:ResourceTag/" + FleetRequests.ENVIRONMENT_TAG, "false"));

  private final StackSettings settings;
  private final Role role;

  InstanceGrants(StackSettings settings, Role role) {
    this.settings = settings;
    this.role = role;
  }

  /** See which instances, instance types and prices there are. */
  void look() {
    allow(
        List.of("ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "pricing:GetProducts"), "*");
  }

  /** Launch and end instances. */
  void launch() {
    allow(List.of("ec2:DescribeInstances", "ec2:DescribeLaunchTemplateVersions"), "*");
    Grants.allow(
        role,
        List.of("ec2:CreateLaunchTemplate"),
        List.of(template()),
        Map.of("Null", Map.of("aws:RequestTag/" + FleetRequests.ENVIRONMENT_TAG, "false")));
    Grants.allow(role, List.of("ec2:CreateLaunchTemplateVersion"), List.of(template()), OURS);
    allow(List.of("ec2:CreateFleet"), "*");
    run();
    Grants.allow(
        role,
        List.of("ec2:CreateTags"),
        List.of(template(), Grants.arn("ec2", "instance/*"), Grants.arn("ec2", "volume/*")),
        Map.of("Null", Map.of("ec2:CreateAction", "false")));
    Grants.allow(
        role,
        List.of("ec2:TerminateInstances"),
        List.of(Grants.arn("ec2", "instance/*")),
        Map.of(
            "StringEquals", Map.of("aws:ResourceTag/" + FleetRequests.STACK_TAG, Aws.STACK_NAME)));
    // EC2 looks the image up for whoever launches.
    allow(
        List.of("ssm:GetParameters"),
        Fn.join(
            "",
            List.of(
                "arn:",
                Aws.PARTITION,
                ":ssm:",
                Aws.REGION,
                "::parameter/aws/service/ecs/optimized-ami/*")));
    Grants.pass(role, settings.instanceRoles(), "ec2.amazonaws.com");
    Grants.linked(role, "spot.amazonaws.com");
    Grants.linked(role, "ec2fleet.amazonaws.com");
  }

  /** In the subnets that were named, or in those of the VPC that was named. */
  private void run() {
    List<String> parts = new ArrayList<>();
    Stream.of(
            "instance/*",
            "volume/*",
            "network-interface/*",
            "security-group/*",
            "key-pair/*",
            "launch-template/*",
            "placement-group/*")
        .map(part -> Grants.arn("ec2", part))
        .forEach(parts::add);
    parts.add(Fn.join("", List.of("arn:", Aws.PARTITION, ":ec2:", Aws.REGION, "::image/*")));
    parts.add(Grants.arn("ec2", "image/*"));
    Grants.allow(role, List.of("ec2:RunInstances"), parts);
    List<String> subnets =
        settings.subnets().isEmpty()
            ? List.of(Grants.arn("ec2", "subnet/*"))
            : settings.subnets().stream().map(id -> Grants.arn("ec2", "subnet/" + id)).toList();
    Grants.allow(
        role,
        List.of("ec2:RunInstances"),
        subnets,
        settings
            .vpc()
            .map(id -> Map.of("ArnEquals", Map.of("ec2:Vpc", Grants.arn("ec2", "vpc/" + id))))
            .orElse(Map.of()));
  }

  private void allow(List<String> actions, String resource) {
    Grants.allow(role, actions, List.of(resource));
  }

  private static String template() {
    return Grants.arn("ec2", "launch-template/*");
  }
}
