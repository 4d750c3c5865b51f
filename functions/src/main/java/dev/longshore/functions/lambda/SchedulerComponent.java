package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.SchedulerHandler;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that placing jobs needs. */
@Singleton
@Component(
    modules = {
      ServicesModule.class,
      HandlersModule.class,
      TableModule.class,
      CapacityModule.class,
      ClustersModule.class,
      TasksModule.class
    })
interface SchedulerComponent extends Rehearsed {
  SchedulerHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    SchedulerComponent create(@BindsInstance FunctionSettings settings);
  }
}
