package dev.longshore.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.Host;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.JobDependency;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.MountPoint;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.Volume;

/**
 * Three steps over the files of a directory: {@code split} deals them out into parts, {@code count}
 * is an array job with one child for each part, {@code join} sums up. Each waits for the one before
 * by {@code dependsOn}. Their scripts need POSIX tools only, so that they run as processes and in
 * any small image alike.
 *
 * @param input directory with the files, absolute
 * @param work directory through which the steps hand each other files, absolute
 * @param parts how many
 * @param flaky the part whose first attempt fails
 */
record Pipeline(Path input, Path work, int parts, int flaky) {
  private static final String QUEUE = "default";
  private static final String IMAGE = "public.ecr.aws/docker/library/busybox:latest";
  private static final int TIMEOUT_SECONDS = 600;

  /** Registers the definitions of the steps and submits all three; gives their job IDs. */
  List<String> submit(BatchClient batch) {
    List<String> ids = new ArrayList<>();
    for (String step : List.of("split", "count", "join")) {
      String definition = register(batch, step);
      SubmitJobRequest.Builder request =
          SubmitJobRequest.builder().jobName(step).jobQueue(QUEUE).jobDefinition(definition);
      if (step.equals("count")) {
        request.arrayProperties(array -> array.size(parts));
      }
      if (!ids.isEmpty()) {
        request.dependsOn(JobDependency.builder().jobId(ids.getLast()).build());
      }
      ids.add(batch.submitJob(request.build()).jobId());
    }
    return ids;
  }

  /** How the steps are, in their order. */
  static List<JobDetail> look(BatchClient batch, List<String> ids) {
    Map<String, JobDetail> found = new HashMap<>();
    batch
        .describeJobs(request -> request.jobs(ids))
        .jobs()
        .forEach(job -> found.put(job.jobId(), job));
    return ids.stream().map(id -> Objects.requireNonNull(found.get(id), id)).toList();
  }

  private String register(BatchClient batch, String step) {
    return batch
        .registerJobDefinition(request ->
            request
                .jobDefinitionName("demo-" + step)
                .type(JobDefinitionType.CONTAINER)
                .containerProperties(container(step))
                .retryStrategy(retry -> retry.attempts(step.equals("count") ? 2 : 1))
                .timeout(timeout -> timeout.attemptDurationSeconds(TIMEOUT_SECONDS)))
        .jobDefinitionArn();
  }

  private ContainerProperties container(String step) {
    ContainerProperties.Builder container =
        ContainerProperties.builder()
            .image(IMAGE)
            .command("sh", "-c", script(step))
            .environment(
                variable("DEMO_DIR", input.toString()),
                variable("DEMO_WORK", work.toString()),
                variable("DEMO_PARTS", Integer.toString(parts)),
                variable("DEMO_FLAKY", Integer.toString(flaky)))
            .resourceRequirements(need(ResourceType.VCPU, "1"), need(ResourceType.MEMORY, "128"))
            .volumes(volume("input", input), volume("work", work))
            .mountPoints(mount("input", input, true), mount("work", work, false));
    try {
      // Containers write what we delete in the end, so they write it as we do.
      container.user(Files.getAttribute(work, "unix:uid").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return container.build();
  }

  /** The text of a step's script. */
  static String script(String step) {
    try (InputStream text = Pipeline.class.getResourceAsStream(step + ".sh")) {
      return new String(Objects.requireNonNull(text, step).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyValuePair variable(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  private static ResourceRequirement need(ResourceType type, String value) {
    return ResourceRequirement.builder().type(type).value(value).build();
  }

  private static Volume volume(String name, Path path) {
    return Volume.builder()
        .name(name)
        .host(Host.builder().sourcePath(path.toString()).build())
        .build();
  }

  private static MountPoint mount(String name, Path path, boolean readOnly) {
    return MountPoint.builder()
        .sourceVolume(name)
        .containerPath(path.toString())
        .readOnly(readOnly)
        .build();
  }
}
