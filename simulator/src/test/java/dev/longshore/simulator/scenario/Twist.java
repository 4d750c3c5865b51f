package dev.longshore.simulator.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A port of which some calls are answered differently. */
interface Twist {
  /** The answer to a call; {@code real} gives the true one. */
  @Nullable Object answer(String method, @Nullable Object[] arguments, Real real) throws Throwable;

  /** The call as it was made. */
  interface Real {
    @Nullable Object answer() throws Throwable;
  }

  /** The port with this twist. */
  static <T> T of(Class<T> port, T real, Twist twist) {
    Object twisted =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) ->
                twist.answer(
                    method.getName(),
                    arguments == null ? new Object[0] : arguments,
                    () -> call(real, method, arguments)));
    return port.cast(twisted);
  }

  private static @Nullable Object call(
      Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getTargetException();
    }
  }
}
