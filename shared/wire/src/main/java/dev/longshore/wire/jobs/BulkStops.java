package dev.longshore.wire.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.codec.WireJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.batch.model.CancelJobRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;

/**
 * CancelJobs and TerminateJobs, which the SDK's model does not have yet ({@code batch-semantics}
 * 2.4): up to 50 jobs in one call, each by itself. Jobs that do not exist count as stopped.
 */
final class BulkStops {
  private static final int JOBS_MAX = 50;

  private BulkStops() {}

  /**
   * Stops each job and says of which that was refused.
   *
   * @param stop from a job and a reason
   * @throws ClientFault when the request as a whole is wrong; no job was stopped
   */
  static byte[] answer(byte[] body, BiConsumer<JobKey, String> stop) {
    // Two requests of the model have the two members of this one.
    DescribeJobsRequest.Builder named = DescribeJobsRequest.builder();
    WireJson.fill(body, named);
    CancelJobRequest.Builder why = CancelJobRequest.builder();
    WireJson.fill(body, why);
    List<String> jobs = named.build().jobs();
    Require.that(
        !jobs.isEmpty() && jobs.size() <= JOBS_MAX,
        "jobs must have between 1 and %d entries.".formatted(JOBS_MAX));
    String reason = JobOperations.reason(why.build().reason());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode successful = answer.putArray("successful");
    ArrayNode errors = answer.putArray("errors");
    for (String job : new LinkedHashSet<>(jobs)) {
      try {
        JobRefs.parse(job).ifPresent(key -> stop.accept(key, reason));
        successful.add(job);
      } catch (ClientFault e) {
        error(errors.addObject(), job, "ClientException", e);
      } catch (StoreException e) {
        error(errors.addObject(), job, "ServerException", e);
      }
    }
    return answer.toString().getBytes(UTF_8);
  }

  private static void error(ObjectNode error, String job, String code, RuntimeException why) {
    error.put("job", job).put("code", code).put("message", String.valueOf(why.getMessage()));
  }
}
