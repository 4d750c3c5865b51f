package dev.longshore.local;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobIds;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.SettleAll;
import dev.longshore.functions.ApiHandler;
import dev.longshore.functions.SweepHandler;
import dev.longshore.functions.wiring.ApiModule;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import dev.longshore.functions.wiring.StoresModule;
import dev.longshore.local.feed.EventFeed;
import dev.longshore.local.feed.EventFile;
import dev.longshore.local.hosts.LocalHosts;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.queue.DirtyDomains;
import dev.longshore.local.queue.LocalQueue;
import dev.longshore.local.runner.LocalTasks;
import dev.longshore.local.stream.Pump;
import java.util.Optional;
import javax.inject.Named;
import javax.inject.Singleton;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** Everything of one local service. */
@Singleton
@Component(
    modules = {
      ServicesModule.class,
      StoresModule.class,
      ApiModule.class,
      HandlersModule.class,
      LocalModule.class,
      QueuesModule.class
    })
interface LocalComponent {
  AmazonDynamoDBLocal embedded();

  ApiHandler api();

  SweepHandler sweep();

  SettleAll settleAll();

  LocalHosts localHosts();

  LocalTasks tasks();

  LogStore logs();

  Pump pump();

  EventFeed feed();

  HostStore hosts();

  CatalogStore catalog();

  JobStore jobs();

  JobIds ids();

  WriteUnits units();

  @Named("events")
  LocalQueue events();

  @Named("work")
  LocalQueue work();

  @Named("repairs")
  LocalQueue repairs();

  @Named("scheduler")
  DirtyDomains scheduler();

  @Named("capacity")
  DirtyDomains capacity();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    LocalComponent create(
        @BindsInstance LocalSettings settings,
        @BindsInstance Workspace workspace,
        @BindsInstance Optional<EventFile> events,
        @BindsInstance Runners runners);
  }
}
