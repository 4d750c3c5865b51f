package dev.longshore.functions.lambda;

import dev.longshore.core.port.CatalogStore;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What every function has that a {@link Rehearsal} uses. */
interface Rehearsed {
  CatalogStore catalog();

  SqsClient sqs();
}
