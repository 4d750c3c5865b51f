package dev.longshore.functions.wiring;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.ec2.InstanceEvents;
import dev.longshore.aws.ecs.EssentialContainers;
import dev.longshore.aws.ecs.TaskEvents;
import dev.longshore.aws.events.FinishedEvents;
import dev.longshore.aws.repair.RepairQueue;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.CapacityRound;
import dev.longshore.core.usecase.Observe;
import dev.longshore.core.usecase.PortionWork;
import dev.longshore.core.usecase.Progress;
import dev.longshore.core.usecase.PublishEvents;
import dev.longshore.core.usecase.ScheduleRound;
import dev.longshore.core.usecase.Sweep;
import dev.longshore.functions.ApiHandler;
import dev.longshore.functions.CapacityHandler;
import dev.longshore.functions.FailedRounds;
import dev.longshore.functions.ObserveHandler;
import dev.longshore.functions.ProgressHandler;
import dev.longshore.functions.PublishHandler;
import dev.longshore.functions.Repairs;
import dev.longshore.functions.SchedulerHandler;
import dev.longshore.functions.SweepHandler;
import dev.longshore.functions.WorkHandler;
import dev.longshore.wire.explain.ExplainApi;
import dev.longshore.wire.http.BatchApi;
import java.time.InstantSource;
import javax.inject.Singleton;

/** The handlers as one process uses them. */
@Module
public final class HandlersModule {
  private HandlersModule() {}

  @Provides
  @Singleton
  static ApiHandler api(BatchApi api, ExplainApi explain) {
    return new ApiHandler(api, explain);
  }

  @Provides
  @Singleton
  static ProgressHandler progress(Progress progress, RepairQueue repairs) {
    return new ProgressHandler(progress, repairs);
  }

  @Provides
  @Singleton
  static PublishHandler publish(PublishEvents publish, InstantSource clock) {
    return new PublishHandler(publish, clock);
  }

  @Provides
  @Singleton
  static WorkHandler work(
      PortionWork work, Progress progress, FinishedEvents events, RepairQueue repairs) {
    return new WorkHandler(work, new Repairs(progress, events, repairs));
  }

  @Provides
  @Singleton
  static SchedulerHandler scheduler(ScheduleRound round, FailedRounds failed) {
    return new SchedulerHandler(round, failed);
  }

  @Provides
  @Singleton
  static CapacityHandler capacity(CapacityRound round, FailedRounds failed) {
    return new CapacityHandler(round, failed);
  }

  @Provides
  @Singleton
  static ObserveHandler observe(
      Observe observe, JobStore jobs, CatalogStore catalog, HostStore hosts) {
    TaskEvents tasks = new TaskEvents(new EssentialContainers(jobs, catalog)::of);
    return new ObserveHandler(observe, tasks, new InstanceEvents(catalog, hosts));
  }

  @Provides
  @Singleton
  static SweepHandler sweep(Sweep sweep) {
    return new SweepHandler(sweep);
  }
}
