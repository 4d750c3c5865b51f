package dev.longshore.functions.lambda;

import dagger.Module;
import dagger.Provides;
import dev.longshore.aws.dynamodb.DynamoTaskDefinitions;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.ecs.EcsTasks;
import dev.longshore.aws.pacing.Pace;
import dev.longshore.aws.pacing.Pace.Sleeper;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.TaskRunner;
import java.time.InstantSource;
import javax.inject.Named;
import javax.inject.Singleton;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Starts and stops of tasks on ECS. */
@Module
final class TasksModule {
  /**
   * ECS takes 40 starts and stops a second from an account, and 100 at once; the scheduler's and
   * the work queue's functions share them.
   */
  private static final double STARTS_PER_SECOND = 15;

  private static final int STARTS_AT_ONCE = 40;

  /** What the bucket gives within three seconds. */
  private static final int STARTS_A_ROUND = 80;

  private TasksModule() {}

  @Provides
  @Named("mostStarts")
  static int mostStarts() {
    return STARTS_A_ROUND;
  }

  @Provides
  @Singleton
  static TaskRunner tasks(
      EcsClient ecs,
      CatalogStore catalog,
      Table table,
      FunctionSettings settings,
      InstantSource clock) {
    return new EcsTasks(
        ecs,
        catalog,
        new DynamoTaskDefinitions(table),
        settings.region(),
        new Pace(STARTS_PER_SECOND, STARTS_AT_ONCE, clock, Sleeper.THREAD),
        new Pace(1, 1, clock, Sleeper.THREAD));
  }
}
