package dev.longshore.integration.emulator;

import com.github.dockerjava.api.DockerClient;
import java.util.Map;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** The emulator in a container, which checks signatures and permissions. */
final class EmulatorImage {
  private static final int SHORT_ID = 12;
  private static final int PORT = 4566;

  private EmulatorImage() {}

  /** Starts it. */
  static Emulator start() {
    String image = Needed.variable("LONGSHORE_EMULATOR_IMAGE", "the deployed stack is not tested");
    LocalStackContainer container =
        new LocalStackContainer(
                DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"))
            .withEnv("AUTH", "true");
    try {
      container.start();
    } catch (ContainerLaunchException | ContainerFetchException e) {
      throw Needed.missing(image + " does not start: " + e.getMessage());
    }
    return new Emulator(
        container.getEndpoint(),
        container.getRegion(),
        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey()),
        () -> stop(container));
  }

  private static void stop(LocalStackContainer container) {
    DockerClient docker = container.getDockerClient();
    String id = container.getContainerId().substring(0, SHORT_ID);
    container.stop();
    // What ran functions and tasks stands beside it, and would outlive it.
    docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("ministack.instance", id + ":" + PORT))
        .exec()
        .forEach(each -> docker.removeContainerCmd(each.getId()).withForce(true).exec());
  }
}
