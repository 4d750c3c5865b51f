package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.QueueFront;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operation;
import dev.longshore.wire.http.Operations;
import software.amazon.awssdk.services.batch.model.FrontOfQueueDetail;
import software.amazon.awssdk.services.batch.model.FrontOfQueueJobSummary;
import software.amazon.awssdk.services.batch.model.GetJobQueueSnapshotRequest;
import software.amazon.awssdk.services.batch.model.GetJobQueueSnapshotResponse;

/** GetJobQueueSnapshot ({@code batch-semantics} 2.11); children of arrays appear one by one. */
public final class FrontOperation
    implements Operation<GetJobQueueSnapshotRequest, GetJobQueueSnapshotResponse> {
  private final QueueFront front;
  private final CatalogStore catalog;

  public FrontOperation(QueueFront front, CatalogStore catalog) {
    this.front = front;
    this.catalog = catalog;
  }

  /** It alone. */
  public Operations operations() {
    return Operations.none().with("GetJobQueueSnapshot", GetJobQueueSnapshotRequest::builder, this);
  }

  @Override
  public GetJobQueueSnapshotResponse call(GetJobQueueSnapshotRequest request, Caller caller) {
    String given = Require.text("jobQueue", request.jobQueue());
    JobQueue queue =
        Arns.nameOf(Kind.JOB_QUEUE, given)
            .flatMap(catalog::queue)
            .filter(found -> found.status() != ResourceStatus.DELETED)
            .orElseThrow(() -> new ClientFault("JobQueue " + given + " not found."));
    QueueFront.Seen seen = front.of(queue);
    return GetJobQueueSnapshotResponse.builder()
        .frontOfQueue(
            FrontOfQueueDetail.builder()
                .jobs(seen.places().stream().map(place -> summary(place, caller.arns())).toList())
                .lastUpdatedAt(seen.at())
                .build())
        .build();
  }

  private static FrontOfQueueJobSummary summary(QueueFront.Place place, Arns arns) {
    return FrontOfQueueJobSummary.builder()
        .jobArn(arns.job(place.job()))
        .earliestTimeAtPosition(place.since())
        .build();
  }
}
