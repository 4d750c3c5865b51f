package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.WorkHandler;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that portions of work needs. */
@Singleton
@Component(
    modules = {
      ServicesModule.class,
      HandlersModule.class,
      TableModule.class,
      CapacityModule.class,
      ClustersModule.class,
      TasksModule.class,
      EventsModule.class
    })
interface WorkComponent extends Rehearsed {
  WorkHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    WorkComponent create(@BindsInstance FunctionSettings settings);
  }
}
