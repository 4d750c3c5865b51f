package dev.longshore.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.JobKey;
import dev.longshore.local.LocalService;
import dev.longshore.local.LocalSettings;
import dev.longshore.local.LocalSettings.RunnerChoice;
import dev.longshore.local.demo.Clients;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.EcsTaskProperties;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.MountPoint;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.TaskContainerDependency;
import software.amazon.awssdk.services.batch.model.TaskContainerProperties;
import software.amazon.awssdk.services.batch.model.Volume;

/** Jobs of several containers, through the API of a service that runs them with Docker. */
@Timeout(240)
class DockerJobsTest {
  private static final List<ResourceRequirement> SMALL =
      List.of(
          ResourceRequirement.builder().type(ResourceType.VCPU).value("1").build(),
          ResourceRequirement.builder().type(ResourceType.MEMORY).value("64").build());

  private static Docker docker;

  private LocalService service;
  private Clients clients;

  @BeforeAll
  static void find() throws IOException, InterruptedException {
    docker = Engine.orSkip();
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    service = LocalService.start(LocalSettings.throwaway().withRunner(RunnerChoice.DOCKER));
    clients = Clients.of(service.address());
  }

  @AfterEach
  void end() {
    clients.close();
    service.close();
  }

  private JobDetail run(Consumer<RegisterJobDefinitionRequest.Builder> definition)
      throws InterruptedException {
    clients.batch().registerJobDefinition(it -> definition.accept(it.jobDefinitionName("def")));
    String id =
        clients
            .batch()
            .submitJob(it -> it.jobName("job").jobQueue("default").jobDefinition("def"))
            .jobId();
    JobDetail job = describe(id);
    while (job.status() != JobStatus.SUCCEEDED && job.status() != JobStatus.FAILED) {
      Thread.sleep(50);
      job = describe(id);
    }
    return job;
  }

  private JobDetail describe(String id) {
    return clients.batch().describeJobs(it -> it.jobs(id)).jobs().getFirst();
  }

  private static ContainerProperties container(String script) {
    return ContainerProperties.builder()
        .image(Engine.IMAGE)
        .command("sh", "-c", script)
        .resourceRequirements(SMALL)
        .build();
  }

  private static NodeRangeProperty range(String nodes, String script) {
    return NodeRangeProperty.builder().targetNodes(nodes).container(container(script)).build();
  }

  @Test
  @DisplayName("Nodes are containers that reach the main node at the address that they are given")
  void nodesReachEachOther() throws InterruptedException {
    // The main node ends once each of the others has called; a call that comes early is repeated.
    // Its input stays open: a listener whose input has ended says so to its caller, and a caller
    // that hears that before it has read what it is to say goes away without a word.
    String main =
        "mkfifo /tmp/open; busybox nc -l -p 7001 <> /tmp/open & one=$!;"
            + " busybox nc -l -p 7002 <> /tmp/open & wait $! && wait $one";
    String other =
        "until echo node $AWS_BATCH_JOB_NODE_INDEX of $AWS_BATCH_JOB_NUM_NODES | busybox nc"
            + " $AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS 700$AWS_BATCH_JOB_NODE_INDEX; do"
            + " sleep 0.1; done; trap 'exit 1' TERM; sleep 600 & wait";
    JobDetail job =
        run(it ->
            it.type("multinode")
                .nodeProperties(nodes ->
                    nodes
                        .numNodes(3)
                        .mainNode(0)
                        .nodeRangeProperties(List.of(range("0", main), range("1:", other)))));
    assertThat(job.status()).as("%s", job).isEqualTo(JobStatus.SUCCEEDED);
    String stream = describe(job.jobId() + "#0").container().logStreamName();
    assertThat(clients.log(stream)).containsExactlyInAnyOrder("node 1 of 3", "node 2 of 3");
    for (int node = 1; node < 3; node++) {
      JobDetail ended = describe(job.jobId() + "#" + node);
      while (ended.status() != JobStatus.FAILED) {
        Thread.sleep(50);
        ended = describe(job.jobId() + "#" + node);
      }
      assertThat(ended.statusReason()).isEqualTo("The main node of the job has ended");
    }
  }

  private static TaskContainerProperties.Builder part(String name, String script, boolean reads) {
    return TaskContainerProperties.builder()
        .name(name)
        .image(Engine.IMAGE)
        .command("sh", "-c", script)
        .resourceRequirements(SMALL)
        .mountPoints(
            MountPoint.builder()
                .sourceVolume("shared")
                .containerPath("/shared")
                .readOnly(reads)
                .build());
  }

  @Test
  @DisplayName("Containers of a task share its volumes, which are gone after it")
  void sharedVolume() throws IOException, InterruptedException {
    String check = "grep made /shared/file && ! touch /shared/other";
    EcsTaskProperties task =
        EcsTaskProperties.builder()
            .volumes(Volume.builder().name("shared").build())
            .containers(
                part("init", "echo made > /shared/file", false).essential(false).build(),
                part("work", check, true)
                    .essential(true)
                    .dependsOn(
                        TaskContainerDependency.builder()
                            .containerName("init")
                            .condition("SUCCESS")
                            .build())
                    .build())
            .build();
    JobDetail job = run(it -> it.type("container").ecsProperties(ecs -> ecs.taskProperties(task)));
    assertThat(job.status()).as("%s", job).isEqualTo(JobStatus.SUCCEEDED);
    AttemptKey attempt = new AttemptKey(JobKey.parse(job.jobId()).orElseThrow(), 1, 0);
    String label = "label=" + DockerOptions.VOLUME_LABEL + "=" + Task.idOf(attempt);
    while (!docker.call(List.of("volume", "ls", "--quiet", "--filter", label)).output().isEmpty()) {
      Thread.sleep(50);
    }
  }

  @Test
  @DisplayName("A service without a data directory leaves no container and no volume behind")
  void leavesNothing() throws IOException, InterruptedException {
    EcsTaskProperties task =
        EcsTaskProperties.builder()
            .volumes(Volume.builder().name("shared").build())
            .containers(part("work", "trap '' TERM; sleep 600 & wait", false).build())
            .build();
    clients
        .batch()
        .registerJobDefinition(it ->
            it.jobDefinitionName("def")
                .type("container")
                .ecsProperties(ecs -> ecs.taskProperties(task)));
    String id =
        clients
            .batch()
            .submitJob(it ->
                it.jobName("job")
                    .jobQueue("default")
                    .jobDefinition("def")
                    .arrayProperties(array -> array.size(3)))
            .jobId();
    for (int child = 0; child < 3; child++) {
      while (describe(id + ":" + child).status() != JobStatus.RUNNING) {
        Thread.sleep(50);
      }
    }
    service.close();
    for (int child = 0; child < 3; child++) {
      AttemptKey attempt = new AttemptKey(JobKey.parse(id + ":" + child).orElseThrow(), 1, 0);
      String name = "name=longshore-" + Task.idOf(attempt);
      assertThat(docker.call(List.of("ps", "--all", "--quiet", "--filter", name)).output())
          .isEmpty();
      assertThat(docker.call(List.of("volume", "ls", "--quiet", "--filter", name)).output())
          .isEmpty();
    }
    start();
  }
}
