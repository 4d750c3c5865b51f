package dev.longshore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.usecase.DescribeJobs;
import dev.longshore.core.usecase.ListJobs;
import dev.longshore.core.usecase.StopJob;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.usecase.catalog.Definitions;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.ResourceTags;
import dev.longshore.core.usecase.catalog.SettleResources;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.MemoryJobIds;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.catalog.CatalogOperations;
import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.jobs.JobOperations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.CEType;
import software.amazon.awssdk.services.batch.model.ClientException;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;

/** The SDK for Java as it is, against the whole API. */
class SdkClientTest {
  private final InstantSource clock = () -> Instant.ofEpochMilli(1_700_000_000_000L);
  private final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  private final MemoryHostStore hosts = new MemoryHostStore(Watcher.NONE);
  private final MemoryJobStore jobs =
      new MemoryJobStore(clock, Duration.ofDays(7), () -> 0, _ -> {}, Watcher.NONE);
  private final BatchClient client =
      BatchClient.builder()
          .region(Region.EU_WEST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("123456789012", "x")))
          .httpClient(new InProcessHttpClient(api()))
          .build();

  private BatchApi api() {
    InstanceTypes types = new OneType();
    return new BatchApi(
        new JobOperations(
                new SubmitJob(jobs, catalog, new MemoryJobIds(1), clock),
                new StopJob(jobs, clock),
                new DescribeJobs(jobs, catalog, clock),
                new ListJobs(jobs, catalog, clock),
                catalog,
                new JobRoles.Any())
            .operations()
            .and(
                CatalogOperations.of(
                    new Environments(catalog, hosts, types, clock),
                    new Queues(catalog, types, clock),
                    new Definitions(catalog, clock),
                    new Policies(catalog),
                    new ResourceTags(catalog, jobs),
                    new JobRoles.Any())),
        () -> "11111111-2222-4333-8444-555555555555");
  }

  private static final class OneType implements InstanceTypes {
    private static final InstanceType TYPE =
        new InstanceType("m6i.large", new Shape(2, 7000, 0), false, 0.1);

    @Override
    public Optional<InstanceType> find(String name) {
      return Optional.of(TYPE);
    }

    @Override
    public List<InstanceType> expand(String entry) {
      return List.of(TYPE);
    }
  }

  @AfterEach
  void close() {
    client.close();
  }

  private void makeQueue() {
    client.createComputeEnvironment(
        environment -> environment.computeEnvironmentName("ce").type(CEType.UNMANAGED));
    new SettleResources(catalog, hosts, jobs).settleEnvironment("ce");
    client.createJobQueue(queue ->
        queue
            .jobQueueName("q")
            .priority(1)
            .tags(Map.of("team", "a"))
            .computeEnvironmentOrder(
                ComputeEnvironmentOrder.builder().order(1).computeEnvironment("ce").build()));
    new SettleResources(catalog, hosts, jobs).settleQueue("q");
  }

  private void makeDefinition() {
    client.registerJobDefinition(definition ->
        definition
            .jobDefinitionName("d")
            .type(JobDefinitionType.CONTAINER)
            .parameters(Map.of("word", "hello"))
            .containerProperties(container ->
                container
                    .image("busybox")
                    .command("echo", "Ref::word")
                    .resourceRequirements(
                        requirement(ResourceType.VCPU, "1"),
                        requirement(ResourceType.MEMORY, "128"))));
  }

  private static ResourceRequirement requirement(ResourceType type, String value) {
    return ResourceRequirement.builder().type(type).value(value).build();
  }

  private String submit() {
    return client.submitJob(job -> job.jobName("hi").jobQueue("q").jobDefinition("d")).jobId();
  }

  @Test
  void aJobGoesFromDefinitionToDescription() {
    makeQueue();
    makeDefinition();
    String id = submit();
    JobDetail job = client.describeJobs(describe -> describe.jobs(id)).jobs().getFirst();
    assertThat(job.jobArn()).isEqualTo("arn:aws:batch:eu-west-1:123456789012:job/" + id);
    assertThat(job.status()).isEqualTo(JobStatus.RUNNABLE);
    assertThat(job.container().command()).containsExactly("echo", "hello");
    assertThat(job.container().resourceRequirements())
        .containsExactly(
            requirement(ResourceType.VCPU, "1"), requirement(ResourceType.MEMORY, "128"));

    client.terminateJob(terminate -> terminate.jobId(id).reason("enough"));
    JobDetail ended = client.describeJobs(describe -> describe.jobs(id)).jobs().getFirst();
    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.statusReason()).isEqualTo("enough");
    assertThat(ended.isTerminated()).isTrue();
  }

  @Test
  @DisplayName("Checklist 24: A job that never started has no start, which the SDK shows as null")
  void aJobThatNeverStartedHasNoStart() {
    makeQueue();
    makeDefinition();
    String id = submit();
    JobDetail waiting = client.describeJobs(describe -> describe.jobs(id)).jobs().getFirst();
    assertThat(waiting.startedAt()).isNull();
    assertThat(waiting.stoppedAt()).isNull();
    client.cancelJob(cancel -> cancel.jobId(id).reason("never mind"));
    JobDetail ended = client.describeJobs(describe -> describe.jobs(id)).jobs().getFirst();
    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.startedAt()).isNull();
    assertThat(ended.stoppedAt()).isEqualTo(clock.millis());
    JobSummary listed =
        client
            .listJobs(list -> list.jobQueue("q").jobStatus(JobStatus.FAILED))
            .jobSummaryList()
            .getFirst();
    assertThat(listed.startedAt()).isNull();
  }

  @Test
  void faultsAreTypedAndRepeatedSubmissionsAreSeparateJobs() {
    makeQueue();
    assertThatThrownBy(this::submit)
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("JobDefinition name d does not exist or is not in ACTIVE status");
    makeDefinition();
    assertThat(submit()).isNotEqualTo(submit());
  }

  @Test
  void thePaginatorSeesEachJobOnce() {
    makeQueue();
    makeDefinition();
    for (int i = 0; i < 25; i++) {
      submit();
    }
    List<String> ids =
        client
            .listJobsPaginator(list -> list.jobQueue("q").jobStatus("RUNNABLE").maxResults(10))
            .jobSummaryList()
            .stream()
            .map(JobSummary::jobId)
            .toList();
    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void tagsAreReachedByTheArnInThePath() {
    makeQueue();
    makeDefinition();
    String queue = "arn:aws:batch:eu-west-1:123456789012:job-queue/q";
    client.tagResource(tag -> tag.resourceArn(queue).tags(Map.of("b c", "d")));
    assertThat(client.listTagsForResource(list -> list.resourceArn(queue)).tags())
        .isEqualTo(Map.of("team", "a", "b c", "d"));
    client.untagResource(untag -> untag.resourceArn(queue).tagKeys("b c", "team"));
    assertThat(client.listTagsForResource(list -> list.resourceArn(queue)).tags()).isEmpty();
    String definition = "arn:aws:batch:eu-west-1:123456789012:job-definition/d:1";
    assertThat(client.listTagsForResource(list -> list.resourceArn(definition)).tags()).isEmpty();
  }

  @Test
  void inventoriesOfWhatIsNotThereYetAreEmpty() {
    assertThat(client.describeServiceEnvironments(_ -> {}).serviceEnvironments()).isEmpty();
    assertThat(client.listServiceJobs(list -> list.jobQueue("q")).jobSummaryList()).isEmpty();
    assertThatThrownBy(() -> client.describeServiceJob(job -> job.jobId("j")))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("DescribeServiceJob is not supported yet.");
  }
}
