package dev.longshore.functions.lambda;

import dagger.BindsInstance;
import dagger.Component;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.AuditHandler;
import javax.inject.Singleton;

/** All that telling of calls needs. */
@Singleton
@Component(modules = {TableModule.class, AuditModule.class})
interface AuditComponent {
  AuditHandler handler();

  /** Makes the component. */
  @Component.Factory
  interface Factory {
    AuditComponent create(@BindsInstance FunctionSettings settings);
  }
}
