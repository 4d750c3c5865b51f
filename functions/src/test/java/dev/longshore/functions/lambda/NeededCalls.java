package dev.longshore.functions.lambda;

import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.functions.permission.Needs;
import dev.longshore.functions.permission.SeenPermissions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/** Sees each request on its way to a client, and keeps what the function that makes it needs. */
final class NeededCalls {
  private final Needs needs;
  private final Set<String> seen = new TreeSet<>();

  /** Who is at work, as far as anybody says. */
  private @Nullable Entry caller;

  NeededCalls(FunctionSettings settings) {
    this.needs = new Needs(settings);
  }

  /** From now on it is this function that asks. */
  void by(Entry entry) {
    caller = entry;
  }

  /** All that was seen, as lines of {@link SeenPermissions}. */
  Set<String> seen() {
    return seen;
  }

  /** The client to ask through. */
  <T> T through(Class<T> type, T client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(proxy, client, method, arguments)));
  }

  private Object call(
      Object proxy, Object client, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    Object request = arguments == null || arguments.length == 0 ? null : arguments[0];
    if (method.isDefault() && request instanceof Consumer) {
      // Builds the request and comes back with it.
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (request instanceof SdkRequest asked && caller != null) {
      String function = caller.name().toLowerCase(Locale.ROOT);
      needs.of(asked).forEach(each -> seen.add(SeenPermissions.line(function, each)));
    }
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
