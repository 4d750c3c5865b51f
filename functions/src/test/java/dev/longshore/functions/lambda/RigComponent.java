package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.functions.ApiHandler;
import dev.longshore.functions.CapacityHandler;
import dev.longshore.functions.ObserveHandler;
import dev.longshore.functions.ProgressHandler;
import dev.longshore.functions.PublishHandler;
import dev.longshore.functions.SchedulerHandler;
import dev.longshore.functions.WorkHandler;
import dev.longshore.functions.wiring.ApiModule;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import javax.inject.Singleton;

/** What the functions have between them, over AWS's services as {@link Rig} plays them. */
@Singleton
@Component(
    modules = {
      ApiModule.class,
      ServicesModule.class,
      HandlersModule.class,
      HostsModule.class,
      RigModule.class
    })
interface RigComponent {
  ApiHandler api();

  ProgressHandler progress();

  PublishHandler publish();

  SchedulerHandler scheduler();

  CapacityHandler capacity();

  ObserveHandler observe();

  WorkHandler work();

  SweepMinute minute();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    RigComponent create(@BindsInstance Rig rig);
  }
}
