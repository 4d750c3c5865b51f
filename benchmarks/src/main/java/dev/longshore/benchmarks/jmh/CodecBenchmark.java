package dev.longshore.benchmarks.jmh;

import dev.longshore.wire.codec.WireJson;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JobDependency;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** The codec on the two bodies that clients send and fetch most. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
  private static final int JOBS = 100;

  private final byte[] submit = WireJson.bytes(submitJob());
  private final DescribeJobsResponse description = describeJobs();

  /** Reads a SubmitJob with a command, ten variables and two dependencies. */
  @Benchmark
  public SubmitJobRequest readSubmitJob() {
    SubmitJobRequest.Builder builder = SubmitJobRequest.builder();
    WireJson.fill(submit, builder);
    return builder.build();
  }

  /** Writes a DescribeJobs answer with 100 jobs. */
  @Benchmark
  public byte[] writeDescribeJobs() {
    return WireJson.bytes(description);
  }

  private static SubmitJobRequest submitJob() {
    return SubmitJobRequest.builder()
        .jobName("nightly-index")
        .jobQueue("default")
        .jobDefinition("indexer:7")
        .dependsOn(
            JobDependency.builder().jobId("7d4a8f2e-30a8-4d5e-9d0c-6a1f5b0c2e11").build(),
            JobDependency.builder().jobId("0a2f9b60-5c1f-4a3e-8f7a-2b9d1c4e5f66").build())
        .containerOverrides(
            overrides -> overrides.command("sh", "-c", "echo hello").environment(variables()))
        .build();
  }

  private static DescribeJobsResponse describeJobs() {
    return DescribeJobsResponse.builder()
        .jobs(IntStream.range(0, JOBS).mapToObj(CodecBenchmark::job).toList())
        .build();
  }

  private static JobDetail job(int number) {
    String id = "7d4a8f2e-30a8-4d5e-9d0c-%012d".formatted(number);
    String region = "arn:aws:batch:us-east-1:000000000000:";
    long created = 1_772_323_200_000L + number;
    return JobDetail.builder()
        .jobArn(region + "job/" + id)
        .jobId(id)
        .jobName("nightly-index")
        .jobQueue(region + "job-queue/default")
        .jobDefinition(region + "job-definition/indexer:7")
        .status("SUCCEEDED")
        .createdAt(created)
        .startedAt(created + 40)
        .stoppedAt(created + 90)
        .attempts(
            AttemptDetail.builder()
                .startedAt(created + 40)
                .stoppedAt(created + 90)
                .statusReason("Essential container in task exited")
                .container(container -> container.exitCode(0).logStreamName("indexer/" + id))
                .build())
        .container(container ->
            container
                .image("public.ecr.aws/docker/library/busybox:latest")
                .command("sh", "-c", "echo hello")
                .environment(variables())
                .exitCode(0)
                .logStreamName("indexer/" + id))
        .build();
  }

  private static List<KeyValuePair> variables() {
    return IntStream.range(0, 10)
        .mapToObj(i -> KeyValuePair.builder().name("NAME_" + i).value("value " + i).build())
        .toList();
  }
}
