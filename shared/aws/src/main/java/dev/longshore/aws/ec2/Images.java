package dev.longshore.aws.ec2;

import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ComputeResource;
import software.amazon.awssdk.services.batch.model.Ec2Configuration;

/**
 * Which image an instance starts from ({@code batch-semantics} 17.2): what the environment names,
 * else the newest ECS-optimised one of its kind, which EC2 looks up at launch.
 */
final class Images {
  private static final String OPTIMISED = "resolve:ssm:/aws/service/ecs/optimized-ami/";

  private Images() {}

  /** An image ID, or where EC2 finds it. */
  @SuppressWarnings("deprecation") // imageId: clients still send it
  static String of(ComputeResource resources, InstanceType type) {
    boolean gpu = type.usable().gpus() > 0;
    Ec2Configuration chosen = configuration(resources.ec2Configuration(), gpu);
    if (isGiven(chosen.imageIdOverride())) {
      return chosen.imageIdOverride();
    }
    if (isGiven(resources.imageId())) {
      return resources.imageId();
    }
    String kind = chosen.imageType();
    String system = kind.startsWith("ECS_AL2023") ? "amazon-linux-2023" : "amazon-linux-2";
    String variant = kind.endsWith("_NVIDIA") ? (type.arm64() ? "/arm64/gpu" : "/gpu") : arm(type);
    return OPTIMISED + system + variant + "/recommended/image_id";
  }

  private static String arm(InstanceType type) {
    return type.arm64() ? "/arm64" : "";
  }

  /** The one for this kind of instance; where none is named, the default of its kind. */
  private static Ec2Configuration configuration(List<Ec2Configuration> given, boolean gpu) {
    return given.stream()
        .filter(each -> each.imageType().endsWith("_NVIDIA") == gpu)
        .findFirst()
        .orElse(
            Ec2Configuration.builder().imageType(gpu ? "ECS_AL2023_NVIDIA" : "ECS_AL2023").build());
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
