package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.ProgressHandler;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** All that following up changes needs. */
@Singleton
@Component(
    modules = {ServicesModule.class, HandlersModule.class, TableModule.class, ClustersModule.class})
interface ProgressComponent extends Rehearsed {
  ProgressHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    ProgressComponent create(@BindsInstance FunctionSettings settings);
  }
}
