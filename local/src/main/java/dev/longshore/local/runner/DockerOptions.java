package dev.longshore.local.runner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.Device;
import software.amazon.awssdk.services.batch.model.LinuxParameters;
import software.amazon.awssdk.services.batch.model.MountPoint;
import software.amazon.awssdk.services.batch.model.Tmpfs;
import software.amazon.awssdk.services.batch.model.Ulimit;
import software.amazon.awssdk.services.batch.model.Volume;

/** Container properties as flags of {@code docker create}, as the ECS agent sets them. */
final class DockerOptions {
  /** Names, on a volume that was made for a task, that task. */
  static final String VOLUME_LABEL = "dev.longshore.volume-of";

  private DockerOptions() {}

  /**
   * The flags of a container.
   *
   * @param task ECS task ID, whose containers share its volumes
   */
  static List<String> of(ContainerProperties container, String task) {
    List<String> flags = new ArrayList<>();
    if (container.user() != null) {
      flags.addAll(List.of("--user", container.user()));
    }
    flag(flags, "--privileged", container.privileged());
    flag(flags, "--read-only", container.readonlyRootFilesystem());
    for (Ulimit limit : container.ulimits()) {
      flags.addAll(
          List.of(
              "--ulimit",
              "%s=%d:%d".formatted(limit.name(), limit.softLimit(), limit.hardLimit())));
    }
    mounts(flags, container, task);
    if (container.linuxParameters() != null) {
      linux(flags, container.linuxParameters());
    }
    return flags;
  }

  /** A volume without a host path is the task's own: made with it, and gone after it. */
  private static void mounts(List<String> flags, ContainerProperties container, String task) {
    Map<String, Volume> volumes = new HashMap<>();
    container.volumes().forEach(volume -> volumes.put(volume.name(), volume));
    for (MountPoint mount : container.mountPoints()) {
      Volume volume = volumes.get(mount.sourceVolume());
      String source = volume == null || volume.host() == null ? null : volume.host().sourcePath();
      boolean readOnly = Boolean.TRUE.equals(mount.readOnly());
      if (source != null) {
        String bound = source + ":" + mount.containerPath() + (readOnly ? ":ro" : "");
        flags.addAll(List.of("--volume", bound));
      } else {
        List<String> fields = new ArrayList<>(List.of("type=volume"));
        fields.add("source=longshore-" + task + "-" + mount.sourceVolume());
        fields.add(quoted("target=" + mount.containerPath()));
        fields.add("volume-label=" + VOLUME_LABEL + "=" + task);
        if (readOnly) {
          fields.add("readonly");
        }
        flags.addAll(List.of("--mount", String.join(",", fields)));
      }
    }
  }

  /** A field of a line of comma-separated values. */
  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? "\"" + field.replace("\"", "\"\"") + "\""
        : field;
  }

  private static void linux(List<String> flags, LinuxParameters linux) {
    flag(flags, "--init", linux.initProcessEnabled());
    if (linux.sharedMemorySize() != null) {
      flags.addAll(List.of("--shm-size", linux.sharedMemorySize() + "m"));
    }
    if (linux.swappiness() != null) {
      flags.addAll(List.of("--memory-swappiness", linux.swappiness().toString()));
    }
    for (Device device : linux.devices()) {
      String inside = device.containerPath() == null ? device.hostPath() : device.containerPath();
      flags.addAll(List.of("--device", device.hostPath() + ":" + inside + permissions(device)));
    }
    for (Tmpfs tmpfs : linux.tmpfs()) {
      List<String> options = new ArrayList<>(tmpfs.mountOptions());
      options.add("size=" + tmpfs.size() + "m");
      flags.addAll(List.of("--tmpfs", tmpfs.containerPath() + ":" + String.join(",", options)));
    }
  }

  private static String permissions(Device device) {
    StringBuilder letters = new StringBuilder();
    device
        .permissionsAsStrings()
        .forEach(
            permission -> letters.append(permission.equals("MKNOD") ? 'm' : first(permission)));
    return letters.isEmpty() ? "" : ":" + letters;
  }

  private static char first(String permission) {
    return Character.toLowerCase(permission.charAt(0));
  }

  private static void flag(List<String> flags, String name, @Nullable Boolean set) {
    if (Boolean.TRUE.equals(set)) {
      flags.add(name);
    }
  }
}
