package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.CapacityHandler;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that launching and ending hosts needs. */
@Singleton
@Component(
    modules = {
      ServicesModule.class,
      HandlersModule.class,
      TableModule.class,
      CapacityModule.class,
      ClustersModule.class,
      HostsModule.class
    })
interface CapacityComponent extends Rehearsed {
  CapacityHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    CapacityComponent create(@BindsInstance FunctionSettings settings);
  }
}
