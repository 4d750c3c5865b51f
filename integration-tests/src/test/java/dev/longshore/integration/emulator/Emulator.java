package dev.longshore.integration.emulator;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** An emulator of AWS that checks signatures and permissions. */
final class Emulator implements AutoCloseable {
  private static final String IMAGE = "LONGSHORE_EMULATOR_IMAGE";
  private static final int SHORT_ID = 12;
  private static final int PORT = 4566;

  private final LocalStackContainer container;

  private Emulator(LocalStackContainer container) {
    this.container = container;
  }

  /** Starts it; where there is none the tests are skipped, but on CI they fail. */
  static Emulator start() {
    Optional<String> image = Optional.ofNullable(System.getenv(IMAGE));
    if (image.isEmpty()) {
      String why = IMAGE + " names no image, so the deployed stack is not tested.";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(why);
      }
      abort(why);
    }
    LocalStackContainer container =
        new LocalStackContainer(
                DockerImageName.parse(image.orElseThrow())
                    .asCompatibleSubstituteFor("localstack/localstack"))
            .withEnv("AUTH", "true");
    container.start();
    return new Emulator(container);
  }

  URI endpoint() {
    return container.getEndpoint();
  }

  String region() {
    return container.getRegion();
  }

  AwsCredentials credentials() {
    return AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey());
  }

  <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint())
        .region(Region.of(region()))
        .credentialsProvider(StaticCredentialsProvider.create(credentials()))
        .build();
  }

  @Override
  public void close() {
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
