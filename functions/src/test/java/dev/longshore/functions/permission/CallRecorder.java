package dev.longshore.functions.permission;

import dev.longshore.aws.settings.FunctionSettings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Writes into a deployed function's log which permissions its calls need, each once in a process.
 * The SDK finds it by {@link #REGISTRATION}; only the artifact of a test has it.
 */
public final class CallRecorder implements ExecutionInterceptor {
  /** The file that names interceptors for all clients. */
  public static final String REGISTRATION =
      "software/amazon/awssdk/global/handlers/execution.interceptors";

  /** How its lines begin. */
  public static final String NEEDS = "needs: ";

  private final Needs needs = new Needs(FunctionSettings.ofProcess());
  private final Set<Permission> written = ConcurrentHashMap.newKeySet();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    for (Permission each : needs.of(context.request())) {
      if (written.add(each)) {
        System.out.println(NEEDS + each);
      }
    }
  }
}
