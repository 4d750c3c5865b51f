package dev.longshore.wire.catalog;

import dev.longshore.core.validation.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.batch.model.EFSAuthorizationConfig;
import software.amazon.awssdk.services.batch.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.batch.model.EFSTransitEncryption;
import software.amazon.awssdk.services.batch.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.batch.model.MountPoint;
import software.amazon.awssdk.services.batch.model.Volume;

/** Volumes and where they are mounted ({@code batch-semantics} 2.5). */
final class VolumeChecks {
  private static final int PORT_MAX = 65_535;

  private VolumeChecks() {}

  /**
   * Refuses volumes without a name of their own and mount points without a volume.
   *
   * @param hasJobRole true when the container has a job role
   */
  static void check(List<Volume> volumes, List<MountPoint> mountPoints, boolean hasJobRole) {
    Set<String> names = new HashSet<>();
    for (Volume each : volumes) {
      String name = Require.text("volumes.name", each.name());
      Require.that(names.add(name), "volumes must not use the name %s twice.".formatted(name));
      EFSVolumeConfiguration efs = each.efsVolumeConfiguration();
      Require.that(
          efs == null || each.host() == null,
          "Volume %s must not have both host and efsVolumeConfiguration.".formatted(name));
      if (efs != null) {
        checkEfs(efs, hasJobRole);
      }
    }
    Set<String> paths = new HashSet<>();
    for (MountPoint each : mountPoints) {
      String path = Require.text("mountPoints.containerPath", each.containerPath());
      Require.that(paths.add(path), "mountPoints must not use %s twice.".formatted(path));
      String source = Require.text("mountPoints.sourceVolume", each.sourceVolume());
      Require.that(
          names.contains(source),
          "mountPoints.sourceVolume %s is not the name of a volume.".formatted(source));
    }
  }

  private static void checkEfs(EFSVolumeConfiguration efs, boolean hasJobRole) {
    Require.text("efsVolumeConfiguration.fileSystemId", efs.fileSystemId());
    Require.range(
        "efsVolumeConfiguration.transitEncryptionPort", efs.transitEncryptionPort(), 0, PORT_MAX);
    EFSAuthorizationConfig authorization = efs.authorizationConfig();
    if (authorization == null) {
      return;
    }
    boolean encrypted = efs.transitEncryption() == EFSTransitEncryption.ENABLED;
    if (authorization.accessPointId() != null) {
      Require.that(encrypted, "An EFS access point requires transitEncryption ENABLED.");
      Require.that(
          efs.rootDirectory() == null || efs.rootDirectory().equals("/"),
          "With an EFS access point, rootDirectory must be omitted or /.");
    }
    if (authorization.iam() == EFSAuthorizationConfigIAM.ENABLED) {
      Require.that(encrypted, "EFS IAM authorization requires transitEncryption ENABLED.");
      Require.that(hasJobRole, "EFS IAM authorization requires a jobRoleArn.");
    }
  }
}
