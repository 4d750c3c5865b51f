package dev.longshore.wire.catalog;

import dev.longshore.core.validation.ContainerRules;
import dev.longshore.core.validation.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.Device;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.LinuxParameters;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.Secret;
import software.amazon.awssdk.services.batch.model.Tmpfs;
import software.amazon.awssdk.services.batch.model.Ulimit;

/** The containerProperties of a definition ({@code batch-semantics} 2.5, 12). */
final class ContainerChecks {
  private static final int SWAPPINESS_MAX = 100;
  private static final Set<String> TMPFS_OPTIONS =
      Set.of(
          "defaults",
          "ro",
          "rw",
          "suid",
          "nosuid",
          "dev",
          "nodev",
          "exec",
          "noexec",
          "sync",
          "async",
          "dirsync",
          "remount",
          "mand",
          "nomand",
          "atime",
          "noatime",
          "diratime",
          "nodiratime",
          "bind",
          "rbind",
          "unbindable",
          "runbindable",
          "private",
          "rprivate",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "relatime",
          "norelatime",
          "strictatime",
          "nostrictatime",
          "mode",
          "uid",
          "gid",
          "nr_inodes",
          "nr_blocks",
          "mpol");

  private ContainerChecks() {}

  /**
   * Refuses a container that could not run or that only Fargate could run.
   *
   * @throws dev.longshore.core.validation.ClientFault when it does
   */
  static void check(ContainerProperties container) {
    ContainerRules.checkImage(container.image());
    checkNotFargate(container);
    checkResources(container);
    ContainerRules.checkCommand(container.command());
    checkEnvironment(container.environment());
    if (container.user() != null) {
      ContainerRules.checkUser(container.user());
    }
    VolumeChecks.check(
        container.volumes(), container.mountPoints(), container.jobRoleArn() != null);
    for (Ulimit each : container.ulimits()) {
      Require.text("ulimits.name", each.name());
      Require.present("ulimits.softLimit", each.softLimit());
      Require.present("ulimits.hardLimit", each.hardLimit());
    }
    checkSecrets("secrets", container.secrets());
    if (container.logConfiguration() != null) {
      ContainerRules.checkLogDriver(container.logConfiguration().logDriverAsString());
      checkSecrets("logConfiguration.secretOptions", container.logConfiguration().secretOptions());
    }
    if (container.linuxParameters() != null) {
      checkLinux(container.linuxParameters());
    }
  }

  /** Variables of a definition or an override. */
  static void checkEnvironment(List<KeyValuePair> environment) {
    environment.forEach(each -> ContainerRules.checkVariable(each.name()));
  }

  /** Each resource at most once. */
  static void checkRequirements(List<ResourceRequirement> requirements) {
    Map<String, Integer> amounts = DefinitionDocuments.resources(requirements);
    Require.that(
        amounts.size() == requirements.size(), "resourceRequirements must not name a type twice.");
  }

  private static void checkNotFargate(ContainerProperties container) {
    checkAbsent("networkConfiguration", container.networkConfiguration());
    checkAbsent("fargatePlatformConfiguration", container.fargatePlatformConfiguration());
    checkAbsent("ephemeralStorage", container.ephemeralStorage());
    checkAbsent("runtimePlatform", container.runtimePlatform());
  }

  static void checkAbsent(String member, @Nullable Object value) {
    Require.framed(value == null, member + " not applicable for EC2.");
  }

  /** Each in the older member or in resourceRequirements, not in both. */
  @SuppressWarnings("deprecation") // clients still send vcpus and memory
  private static void checkResources(ContainerProperties container) {
    checkRequirements(container.resourceRequirements());
    Map<String, Integer> required = DefinitionDocuments.resources(container.resourceRequirements());
    checkOnce("vcpus", container.vcpus(), required.get(DefinitionDocuments.VCPU));
    checkOnce("memory", container.memory(), required.get(DefinitionDocuments.MEMORY));
    if (container.vcpus() != null) {
      ContainerRules.checkVcpus(container.vcpus());
    }
    if (container.memory() != null) {
      ContainerRules.checkMemory(container.memory());
    }
  }

  private static void checkOnce(
      String member, @Nullable Integer older, @Nullable Integer required) {
    Require.framed(older != null || required != null, "containerProperties must contain " + member);
    Require.that(
        older == null || required == null,
        "%s must not be given both in containerProperties and in its resourceRequirements."
            .formatted(member));
  }

  private static void checkSecrets(String member, List<Secret> secrets) {
    for (Secret each : secrets) {
      ContainerRules.checkVariable(each.name());
      Require.text(member + ".valueFrom", each.valueFrom());
    }
  }

  private static void checkLinux(LinuxParameters linux) {
    for (Device each : linux.devices()) {
      Require.text("linuxParameters.devices.hostPath", each.hostPath());
    }
    Set<String> paths = new HashSet<>();
    for (Tmpfs each : linux.tmpfs()) {
      String path = Require.text("linuxParameters.tmpfs.containerPath", each.containerPath());
      Require.that(paths.add(path), "linuxParameters.tmpfs uses %s twice.".formatted(path));
      Require.present("linuxParameters.tmpfs.size", each.size());
      checkAtLeast("linuxParameters.tmpfs.size", each.size(), 1);
      for (String option : each.mountOptions()) {
        Require.that(
            TMPFS_OPTIONS.contains(option.replaceFirst("=.*", "")),
            "linuxParameters.tmpfs.mountOptions must not contain %s.".formatted(option));
      }
    }
    checkAtLeast("linuxParameters.sharedMemorySize", linux.sharedMemorySize(), 1);
    checkAtLeast("linuxParameters.maxSwap", linux.maxSwap(), 0);
    Require.range("linuxParameters.swappiness", linux.swappiness(), 0, SWAPPINESS_MAX);
  }

  private static void checkAtLeast(String member, @Nullable Integer value, int min) {
    Require.that(value == null || value >= min, "%s must be at least %d.".formatted(member, min));
  }
}
