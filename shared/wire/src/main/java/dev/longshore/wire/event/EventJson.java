package dev.longshore.wire.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.core.usecase.JobDescription;
import dev.longshore.wire.Arns;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.jobs.JobDetails;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Events in the shape in which EventBridge delivers those of AWS Batch ({@code batch-semantics}
 * 18). {@code detail} is what DescribeJobs says of the job, plus a member {@code longshore} with
 * the sequence, since no bus promises an order. What would be too large for EventBridge is
 * shortened everywhere, so that an event is the same on every bus.
 */
public final class EventJson {
  /** The source of AWS's own events; a bus of EventBridge takes it from AWS only. */
  public static final String AWS_SOURCE = "aws.batch";

  private static final JsonFactory JSON = new JsonFactory();

  private final EventDetails details;
  private final String source;

  /**
   * Events that come from this source.
   *
   * @param source member {@code source} of all events
   */
  public EventJson(EventDetails details, String source) {
    this.details = details;
    this.source = source;
  }

  /** The whole events, one line each, with ARNs of this region and account. */
  public List<String> render(List<BatchEvent> events, Arns arns) {
    JobDetails jobs = new JobDetails(arns);
    List<JobDescription> descriptions = details.of(events);
    List<String> rendered = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      rendered.add(envelope(events.get(i), detail(events.get(i), jobs, descriptions.get(i)), arns));
    }
    return rendered;
  }

  private static String detail(BatchEvent event, JobDetails jobs, JobDescription description) {
    String job = WireJson.write(jobs.of(description));
    String previous =
        switch (event) {
          case BatchEvent.StateChanged changed -> ",\"previousStatus\":\"" + changed.from() + "\"";
          case BatchEvent.QueueBlocked blocked -> ",\"blockedSince\":" + blocked.since();
        };
    // One more member behind those of DescribeJobs, which are never none.
    String detail =
        job.substring(0, job.length() - 1)
            + ",\"longshore\":{\"sequence\":"
            + event.sequence()
            + previous
            + "}}";
    return DetailLimit.within(detail, DetailLimit.BYTES);
  }

  private String envelope(BatchEvent event, String detail, Arns arns) {
    StringWriter text = new StringWriter(detail.length() + 512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("version", "0");
      json.writeStringField("id", id(event));
      json.writeStringField("detail-type", type(event));
      json.writeStringField("source", source);
      json.writeStringField("account", arns.account());
      json.writeStringField(
          "time", Instant.ofEpochMilli(event.at()).truncatedTo(ChronoUnit.SECONDS).toString());
      json.writeStringField("region", arns.region());
      json.writeArrayFieldStart("resources");
      json.writeString(arns.job(event.job().key()));
      if (event instanceof BatchEvent.QueueBlocked) {
        json.writeString(arns.queue(event.job().spec().queue()));
      }
      json.writeEndArray();
      json.writeFieldName("detail");
      json.writeRawValue(detail);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String type(BatchEvent event) {
    return switch (event) {
      case BatchEvent.StateChanged _ -> "Batch Job State Change";
      case BatchEvent.QueueBlocked _ -> "Batch Job Queue Blocked";
    };
  }

  /** The same for a repetition, so that a consumer may go by the ID alone. */
  private static String id(BatchEvent event) {
    String name =
        switch (event) {
          case BatchEvent.StateChanged changed -> changed.job().key() + "/" + changed.sequence();
          case BatchEvent.QueueBlocked blocked -> blocked.job().key() + "/blocked/" + blocked.at();
        };
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }
}
