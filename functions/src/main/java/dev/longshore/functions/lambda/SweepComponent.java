package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that finding what is stuck needs. */
@Singleton
@Component(
    modules = {
      ServicesModule.class,
      HandlersModule.class,
      TableModule.class,
      CapacityModule.class,
      ClustersModule.class,
      TasksModule.class,
      HostsModule.class,
      SweepModule.class
    })
interface SweepComponent extends Rehearsed {
  SweepMinute minute();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    SweepComponent create(@BindsInstance FunctionSettings settings);
  }
}
