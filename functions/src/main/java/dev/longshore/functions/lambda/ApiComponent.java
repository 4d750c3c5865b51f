package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.ApiHandler;
import dev.longshore.functions.wiring.ApiModule;
import dev.longshore.functions.wiring.HandlersModule;
import dev.longshore.functions.wiring.ServicesModule;
import dev.longshore.wire.http.BatchApi;
import javax.inject.Singleton;

/** All that the API needs. */
@Singleton
@Component(
    modules = {
      ApiModule.class,
      ServicesModule.class,
      HandlersModule.class,
      TableModule.class,
      CapacityModule.class
    })
interface ApiComponent extends Rehearsed {
  ApiHandler handler();

  BatchApi api();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    ApiComponent create(@BindsInstance FunctionSettings settings);
  }
}
