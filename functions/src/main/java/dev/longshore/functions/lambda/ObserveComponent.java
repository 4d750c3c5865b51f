package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.ObserveHandler;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that taking in reports needs. */
@Singleton
@Component(modules = {ServicesModule.class, HandlersModule.class, TableModule.class})
interface ObserveComponent extends Rehearsed {
  ObserveHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    ObserveComponent create(@BindsInstance FunctionSettings settings);
  }
}
