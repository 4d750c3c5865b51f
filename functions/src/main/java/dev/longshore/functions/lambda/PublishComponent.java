package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.PublishHandler;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that publishing events needs. */
@Singleton
@Component(
    modules = {ServicesModule.class, HandlersModule.class, TableModule.class, EventsModule.class})
interface PublishComponent extends Rehearsed {
  PublishHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    PublishComponent create(@BindsInstance FunctionSettings settings);
  }
}
