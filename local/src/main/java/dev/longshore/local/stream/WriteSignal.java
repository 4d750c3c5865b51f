package dev.longshore.local.stream;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that says when something was written through it. */
public final class WriteSignal {
  private static final Set<String> WRITES =
      Set.of("putItem", "updateItem", "deleteItem", "batchWriteItem", "transactWriteItems");

  private WriteSignal() {}

  /** The same client, with {@code wrote} called after each write, also a refused one. */
  public static DynamoDbClient on(DynamoDbClient client, Runnable wrote) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> call(client, wrote, method, arguments));
  }

  private static Object call(
      DynamoDbClient client, Runnable wrote, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      if (WRITES.contains(method.getName())) {
        wrote.run();
      }
    }
  }
}
