package dev.longshore.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.pacing.Pace;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.TaskRunner.StartAnswer;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;

class EcsTasksTest {
  private static final String PLAIN =
      """
      {"jobDefinitionName":"d","type":"container","parameters":{"file":"a"},"propagateTags":true,
       "containerProperties":{"image":"busybox:1","command":["sh","-c","cat Ref::file"],
       "jobRoleArn":"arn:aws:iam::1:role/job","executionRoleArn":"arn:aws:iam::1:role/pull",
       "environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}],
       "resourceRequirements":[{"type":"VCPU","value":"2"},{"type":"MEMORY","value":"512"},
        {"type":"GPU","value":"1"}],
       "volumes":[{"name":"v","host":{"sourcePath":"/data"}}],
       "mountPoints":[{"sourceVolume":"v","containerPath":"/in","readOnly":true}],
       "ulimits":[{"name":"nofile","softLimit":10,"hardLimit":20}],
       "linuxParameters":{"sharedMemorySize":64,"initProcessEnabled":true},
       "secrets":[{"name":"S","valueFrom":"arn:aws:ssm:x"}],"privileged":true,"user":"nobody"}}
      """;
  private static final String BARE =
      """
      {"jobDefinitionName":"d","type":"container","containerProperties":{"image":"busybox",
       "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"512"}]}}
      """;
  private static final StartAnswer ACCEPTED = new StartAnswer.Accepted();

  private final EcsWorld world = new EcsWorld();
  private final FakeEcs ecs = world.ecs;

  private RunTaskRequest run() {
    return ecs.runs.getLast();
  }

  private ContainerOverride override() {
    return run().overrides().containerOverrides().getFirst();
  }

  @Test
  @DisplayName("The task definition is what the job definition says, placeholders as written")
  void definition() {
    assertThat(world.start(PLAIN, "{}")).isEqualTo(ACCEPTED);
    RegisterTaskDefinitionRequest registered = ecs.registrations.getFirst();
    assertThat(registered.family()).matches("longshore-d-7-[0-9a-f]{16}");
    assertThat(registered.networkMode()).isEqualTo(NetworkMode.HOST);
    assertThat(registered.taskRoleArn()).isEqualTo("arn:aws:iam::1:role/job");
    assertThat(registered.executionRoleArn()).isEqualTo("arn:aws:iam::1:role/pull");
    assertThat(registered.volumes().getFirst().host().sourcePath()).isEqualTo("/data");
    ContainerDefinition container = registered.containerDefinitions().getFirst();
    assertThat(container.name()).isEqualTo("default");
    assertThat(container.command()).containsExactly("sh", "-c", "cat Ref::file");
    assertThat(container.cpu()).isEqualTo(2048);
    assertThat(container.memory()).isEqualTo(512);
    assertThat(container.resourceRequirements().getFirst().value()).isEqualTo("1");
    assertThat(container.mountPoints().getFirst().readOnly()).isTrue();
    assertThat(container.ulimits().getFirst().hardLimit()).isEqualTo(20);
    assertThat(container.linuxParameters().sharedMemorySize()).isEqualTo(64);
    assertThat(container.secrets().getFirst().valueFrom()).isEqualTo("arn:aws:ssm:x");
    assertThat(container.privileged()).isTrue();
    assertThat(container.user()).isEqualTo("nobody");
  }

  @Test
  @DisplayName(
      "File systems, devices, registry credentials and secrets of a log reach ECS as given")
  void members() {
    world.start(
        """
        {"jobDefinitionName":"d","type":"container","containerProperties":{"image":"busybox",
         "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"512"}],
         "volumes":[{"name":"shared","efsVolumeConfiguration":{"fileSystemId":"fs-1",
          "rootDirectory":"/","transitEncryption":"ENABLED","transitEncryptionPort":2049,
          "authorizationConfig":{"accessPointId":"fsap-1","iam":"ENABLED"}}}],
         "mountPoints":[{"sourceVolume":"shared","containerPath":"/shared"}],
         "linuxParameters":{"maxSwap":10,"swappiness":60,
          "devices":[{"hostPath":"/dev/fuse","containerPath":"/dev/fuse","permissions":["READ"]}],
          "tmpfs":[{"containerPath":"/scratch","size":5,"mountOptions":["noexec"]}]},
         "repositoryCredentials":{"credentialsParameter":"arn:aws:secretsmanager:r"},
         "readonlyRootFilesystem":true,
         "logConfiguration":{"logDriver":"splunk","options":{"splunk-url":"u"},
          "secretOptions":[{"name":"splunk-token","valueFrom":"arn:aws:ssm:t"}]}}}
        """,
        "{}");
    RegisterTaskDefinitionRequest registered = ecs.registrations.getFirst();
    EFSVolumeConfiguration efs = registered.volumes().getFirst().efsVolumeConfiguration();
    assertThat(efs.fileSystemId()).isEqualTo("fs-1");
    assertThat(efs.transitEncryptionAsString()).isEqualTo("ENABLED");
    assertThat(efs.transitEncryptionPort()).isEqualTo(2049);
    assertThat(efs.authorizationConfig().accessPointId()).isEqualTo("fsap-1");
    assertThat(efs.authorizationConfig().iamAsString()).isEqualTo("ENABLED");
    ContainerDefinition container = registered.containerDefinitions().getFirst();
    assertThat(container.mountPoints().getFirst().containerPath()).isEqualTo("/shared");
    assertThat(container.linuxParameters().maxSwap()).isEqualTo(10);
    assertThat(container.linuxParameters().swappiness()).isEqualTo(60);
    assertThat(container.linuxParameters().devices().getFirst().permissionsAsStrings())
        .containsExactly("read");
    assertThat(container.linuxParameters().tmpfs().getFirst().mountOptions())
        .containsExactly("noexec");
    assertThat(container.repositoryCredentials().credentialsParameter())
        .isEqualTo("arn:aws:secretsmanager:r");
    assertThat(container.readonlyRootFilesystem()).isTrue();
    assertThat(container.logConfiguration().logDriverAsString()).isEqualTo("splunk");
    assertThat(container.logConfiguration().secretOptions().getFirst().valueFrom())
        .isEqualTo("arn:aws:ssm:t");
  }

  @Test
  @DisplayName("Output goes to the group and stream where AWS Batch puts it")
  void logs() {
    world.start(PLAIN, "{}");
    assertThat(
            ecs.registrations
                .getFirst()
                .containerDefinitions()
                .getFirst()
                .logConfiguration()
                .options())
        .containsEntry("awslogs-group", "/aws/batch/job")
        .containsEntry("awslogs-stream-prefix", "d")
        .containsEntry("awslogs-region", "eu-west-1")
        .hasSize(3);
  }

  @Test
  @DisplayName("The task is pinned to its host, and token and startedBy are the attempt's key")
  void call() {
    world.start(PLAIN, "{}");
    assertThat(run().cluster()).isEqualTo(EcsWorld.CLUSTER);
    assertThat(run().count()).isEqualTo(1);
    assertThat(run().placementConstraints().getFirst().expression())
        .isEqualTo("ec2InstanceId == " + EcsWorld.INSTANCE);
    assertThat(run().clientToken()).isEqualTo(run().startedBy()).endsWith("/1-0");
    assertThat(run().tags()).extracting(Tag::key).containsExactly("cost", "team");
    assertThat(run().networkConfiguration()).isNull();
  }

  @Test
  @DisplayName("Overrides name what differs and the variables of the service, nothing else")
  void overrides() {
    world.start(
        PLAIN,
        """
        {"containerOverrides":{"environment":[{"name":"B","value":"3"},{"name":"C","value":"4"}],
         "resourceRequirements":[{"type":"MEMORY","value":"1024"}]}}
        """);
    assertThat(override().command()).containsExactly("sh", "-c", "cat a");
    assertThat(override().memory()).isEqualTo(1024);
    assertThat(override().cpu()).isNull();
    assertThat(override().resourceRequirements()).isEmpty();
    assertThat(override().environment())
        .extracting(pair -> pair.name() + "=" + pair.value())
        .contains("B=3", "C=4", "AWS_BATCH_JQ_NAME=q", "AWS_BATCH_CE_NAME=env")
        .contains("AWS_BATCH_JOB_ATTEMPT=1")
        .doesNotContain("A=1");
  }

  @Test
  @DisplayName("All jobs of a revision share one task definition, children of arrays too")
  void oneDefinition() {
    for (int index = 0; index < 5; index++) {
      assertThat(world.startChild(BARE, index)).isEqualTo(ACCEPTED);
    }
    assertThat(ecs.registrations).hasSize(1);
    assertThat(override().environment())
        .extracting(pair -> pair.name() + "=" + pair.value())
        .contains("AWS_BATCH_JOB_ARRAY_INDEX=4", "AWS_BATCH_JOB_ARRAY_SIZE=10");
  }

  @Test
  @DisplayName("Overrides that ECS finds too long become a task definition of their own")
  void longOverrides() {
    String long9 = "x".repeat(9_000);
    world.start(BARE, "{\"containerOverrides\":{\"command\":[\"echo\",\"" + long9 + "\"]}}");
    assertThat(ecs.registrations.getFirst().containerDefinitions().getFirst().command())
        .containsExactly("echo", long9);
    assertThat(run().overrides().toString()).hasSizeLessThan(8_192);
  }

  @Test
  @DisplayName("Cut off between registering and remembering, the next start registers nothing")
  void cutOff() {
    world.start(BARE, "{}");
    world.memory.revisions.clear();
    assertThat(world.start(BARE, "{}")).isEqualTo(ACCEPTED);
    assertThat(ecs.registrations).hasSize(1);
    assertThat(ecs.runs.get(0)).isEqualTo(ecs.runs.get(1));
  }

  @Test
  @DisplayName("A task definition that somebody deregistered is made again")
  void deregistered() {
    world.start(BARE, "{}");
    ecs.deregisterAll();
    assertThat(world.startChild(BARE, 1)).isEqualTo(ACCEPTED);
    assertThat(ecs.registrations).hasSize(2);
    assertThat(run().taskDefinition()).endsWith(":2");
    assertThat(world.memory.revisions.values()).containsExactly(2);
  }

  @Test
  @DisplayName("New task definitions beyond the pace wait; known ones do not")
  void pacedRegistration() {
    EcsTasks slow =
        new EcsTasks(
            ecs,
            world.catalog,
            world.memory,
            "eu-west-1",
            EcsWorld.pace(100),
            new Pace(0.1, 1, InstantSource.system(), _ -> {}));
    EcsWorld another = new EcsWorld();
    assertThat(slow.start(another.request(BARE, "{}"))).isEqualTo(ACCEPTED);
    assertThat(slow.start(another.request(PLAIN, "{}"))).isInstanceOf(StartAnswer.Unknown.class);
    assertThat(slow.start(another.request(BARE, "{}"))).isEqualTo(ACCEPTED);
  }

  @Test
  @DisplayName("A lost answer of a start that worked is followed by the same call and one task")
  void lostAnswer() {
    ecs.after.add(SdkClientException.create("timed out"));
    assertThat(world.start(BARE, "{}")).isInstanceOf(StartAnswer.Unknown.class);
    assertThat(world.start(BARE, "{}")).isEqualTo(ACCEPTED);
    assertThat(ecs.runs.get(0)).isEqualTo(ecs.runs.get(1));
  }

  @Test
  @DisplayName("The token was used with other parameters: the task was started")
  void conflict() {
    world.start(BARE, "{}");
    assertThat(world.start(PLAIN, "{}")).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @DisplayName("Each error of ECS is sorted into later, not here, never")
  @CsvSource({
    "ThrottlingException, Rate exceeded, Unknown",
    "ServerException, Service Unavailable, Unknown",
    "ClientException, Too many concurrent attempts to create a new revision, Unknown",
    "AccessDeniedException, not authorized to perform: ecs:RunTask, Unknown",
    "SomethingNew, nobody knows, Unknown",
    "AccessDeniedException, not authorized to perform: iam:PassRole on role/job, Unstartable",
    "ClientException, ECS was unable to assume the role 'r', Unstartable",
    "ClientException, Container.image should not be null, Unstartable",
    "InvalidParameterException, No Container Instances were found in your cluster., Refused",
    "InvalidParameterException, Override for container named x is not a container, Unstartable",
    "ClusterNotFoundException, Cluster not found., Refused"
  })
  void errors(String code, String message, String answer) {
    ecs.before.add(() -> FakeEcs.error(code, message));
    StartAnswer given = world.start(BARE, "{}");
    assertThat(given.getClass().getSimpleName()).isEqualTo(answer);
    assertThat(given.toString()).contains(message);
  }

  @Test
  @DisplayName("A refusal says why in ECS's own numbers")
  void refusal() {
    ecs.refusals.put(
        EcsWorld.INSTANCE,
        Failure.builder()
            .reason("RESOURCE:MEMORY")
            .detail("Insufficient memory available (32000 requested, 31431 available).")
            .build());
    assertThat(world.start(BARE, "{}"))
        .isEqualTo(
            new StartAnswer.Refused(
                "RESOURCE:MEMORY: Insufficient memory available"
                    + " (32000 requested, 31431 available)."));
  }

  @Test
  @DisplayName("A host whose agent is not connected is out of contact")
  void unreachable() {
    ecs.join(EcsWorld.CLUSTER, "i-0000000000000beef");
    ecs.silent.add("i-0000000000000beef");
    assertThat(world.tasks.unreachable(EcsWorld.ENVIRONMENT))
        .containsExactly(new HostId(EcsWorld.ENVIRONMENT, "i-0000000000000beef"));
    assertThat(world.tasks.unreachable("unknown")).isEmpty();
  }

  @Test
  @DisplayName("Nodes have an interface of their own, in the environment's subnets and groups")
  void nodes() {
    world.makeEnvironment("{\"subnets\":[\"s-1\",\"s-2\"],\"securityGroupIds\":[\"sg-1\"]}");
    String nodes =
        "{\"jobDefinitionName\":\"d\",\"type\":\"multinode\",\"nodeProperties\":{\"numNodes\":3,"
            + "\"mainNode\":0,\"nodeRangeProperties\":[{\"targetNodes\":\"0:\",\"container\":"
            + "{\"image\":\"mpi\",\"resourceRequirements\":[{\"type\":\"VCPU\",\"value\":\"1\"},"
            + "{\"type\":\"MEMORY\",\"value\":\"512\"}]}}]}}";
    assertThat(world.startNode(nodes, 0, null)).isEqualTo(ACCEPTED);
    assertThat(ecs.registrations.getFirst().networkMode()).isEqualTo(NetworkMode.AWSVPC);
    assertThat(run().networkConfiguration().awsvpcConfiguration().subnets())
        .containsExactly("s-1", "s-2");
    assertThat(run().networkConfiguration().awsvpcConfiguration().securityGroups())
        .containsExactly("sg-1");
    assertThat(world.startNode(nodes, 1, "t%031d".formatted(0))).isEqualTo(ACCEPTED);
    assertThat(override().environment())
        .extracting(pair -> pair.name() + "=" + pair.value())
        .contains("AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS=10.0.0.7")
        .contains("AWS_BATCH_JOB_NODE_INDEX=1", "AWS_BATCH_JOB_NUM_NODES=3");
    assertThat(world.startNode(nodes, 2, "t-gone")).isInstanceOf(StartAnswer.Unknown.class);
  }

  @Test
  @DisplayName("Containers of one task keep names, order, dependencies and overrides")
  void severalContainers() {
    String several =
        """
        {"jobDefinitionName":"d","type":"container","ecsProperties":{"taskProperties":[{
         "pidMode":"task","taskRoleArn":"arn:aws:iam::1:role/t","containers":[
          {"name":"main","image":"a","dependsOn":[{"containerName":"side","condition":"START"}],
           "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"512"}]},
          {"name":"side","image":"b","essential":false,
           "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"256"}]}]
        }]}}
        """;
    world.start(
        several,
        """
        {"ecsPropertiesOverride":{"taskProperties":[{"containers":[
         {"name":"side","command":["watch"]}]}]}}
        """);
    RegisterTaskDefinitionRequest registered = ecs.registrations.getFirst();
    assertThat(registered.pidModeAsString()).isEqualTo("task");
    assertThat(registered.taskRoleArn()).isEqualTo("arn:aws:iam::1:role/t");
    List<ContainerDefinition> containers = registered.containerDefinitions();
    assertThat(containers).extracting(ContainerDefinition::name).containsExactly("main", "side");
    assertThat(containers).extracting(ContainerDefinition::essential).containsExactly(true, false);
    assertThat(containers.getFirst().dependsOn().getFirst().conditionAsString()).isEqualTo("START");
    assertThat(run().overrides().containerOverrides().get(1).command()).containsExactly("watch");
  }
}
