package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** A context that nobody may ask: no handler asks anything of Lambda. */
public final class Nobody {
  public static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (_, method, _) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private Nobody() {}
}
