package dev.longshore.functions.wiring;

import dagger.Module;
import dagger.Provides;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.InstanceTypes;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.DescribeJobs;
import dev.longshore.core.usecase.ExplainJob;
import dev.longshore.core.usecase.ListJobs;
import dev.longshore.core.usecase.QueueFront;
import dev.longshore.core.usecase.StopJob;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.usecase.Wakeups;
import dev.longshore.core.usecase.catalog.Consumables;
import dev.longshore.core.usecase.catalog.Definitions;
import dev.longshore.core.usecase.catalog.Environments;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.usecase.catalog.Queues;
import dev.longshore.core.usecase.catalog.ResourceTags;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.wire.catalog.CatalogOperations;
import dev.longshore.wire.catalog.ConsumableOperations;
import dev.longshore.wire.explain.ExplainApi;
import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.jobs.FrontOperation;
import dev.longshore.wire.jobs.JobOperations;
import java.time.InstantSource;
import javax.inject.Singleton;

/** The Batch API, for any adapters of the ports. */
@Module
public final class ApiModule {
  private ApiModule() {}

  @Provides
  static JobOperations jobOperations(
      JobStore jobs, CatalogStore catalog, JobIds ids, JobRoles roles, InstantSource clock) {
    return new JobOperations(
        new SubmitJob(jobs, catalog, ids, clock),
        new StopJob(jobs, clock),
        new DescribeJobs(jobs, catalog, clock),
        new ListJobs(jobs, catalog, clock),
        catalog,
        roles);
  }

  @Provides
  static ExplainApi explainApi(
      JobStore jobs,
      CatalogStore catalog,
      HostStore hosts,
      InstanceTypes types,
      JobIds ids,
      InstantSource clock) {
    return new ExplainApi(
        new ExplainJob(jobs, catalog, hosts, types, clock), () -> ids.random().toString());
  }

  @Provides
  @Singleton
  static BatchApi batchApi(
      JobOperations jobOperations,
      JobStore jobs,
      CatalogStore catalog,
      HostStore hosts,
      JobIds ids,
      InstanceTypes types,
      Wakeups wakeups,
      JobRoles roles,
      InstantSource clock) {
    return new BatchApi(
        jobOperations
            .operations()
            .and(
                new FrontOperation(new QueueFront(jobs, hosts, catalog, clock), catalog)
                    .operations())
            .and(
                CatalogOperations.of(
                    new Environments(catalog, hosts, types, clock),
                    new Queues(catalog, types, clock),
                    new Definitions(catalog, clock),
                    new Policies(catalog),
                    new ResourceTags(catalog, jobs),
                    roles))
            .and(
                new ConsumableOperations(new Consumables(catalog, wakeups::schedulers, clock))
                    .operations()),
        () -> ids.random().toString());
  }
}
