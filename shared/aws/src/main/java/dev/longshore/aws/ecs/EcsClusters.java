package dev.longshore.aws.ecs;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.StoreException;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterContainsContainerInstancesException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsTasksException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.UpdateInProgressException;

/**
 * An ECS cluster for each compute environment. Making one that is there changes nothing; one goes
 * with the container instances that are still in it, which are no longer ours or no longer there.
 */
public final class EcsClusters implements Clusters {
  /** What is a fault of the account's set-up, and is told to the user. */
  private static final Set<String> TOLD =
      Set.of(
          "AccessDeniedException",
          "ClientException",
          "InvalidParameterException",
          "LimitExceededException",
          "NamespaceNotFoundException");

  private final EcsClient ecs;
  private final Consumer<String> alsoDelete;

  /**
   * The clusters of one account and region.
   *
   * @param alsoDelete removes what else belongs to an environment of this name
   */
  public EcsClusters(EcsClient ecs, Consumer<String> alsoDelete) {
    this.ecs = ecs;
    this.alsoDelete = alsoDelete;
  }

  @Override
  public String create(String environment) {
    try {
      ecs.createCluster(create -> create.clusterName(ComputeEnvironment.clusterOf(environment)));
      return "";
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails() != null
          && TOLD.contains(e.awsErrorDetails().errorCode())
          && !e.isThrottlingException()) {
        return "The ECS cluster cannot be made: " + e.awsErrorDetails().errorMessage();
      }
      throw unknown(e);
    } catch (SdkException e) {
      throw unknown(e);
    }
  }

  @Override
  public boolean delete(String environment) {
    String cluster = ComputeEnvironment.clusterOf(environment);
    try {
      for (String instance :
          ecs.listContainerInstancesPaginator(list -> list.cluster(cluster))
              .containerInstanceArns()) {
        ecs.deregisterContainerInstance(
            each -> each.cluster(cluster).containerInstance(instance).force(true));
      }
      ecs.deleteCluster(delete -> delete.cluster(cluster));
    } catch (ClusterNotFoundException gone) {
      // Nothing to do.
    } catch (ClusterContainsContainerInstancesException
        | ClusterContainsTasksException
        | UpdateInProgressException notYet) {
      return false;
    } catch (SdkException e) {
      throw unknown(e);
    }
    alsoDelete.accept(environment);
    return true;
  }

  private static StoreException unknown(SdkException e) {
    return new StoreException("ECS did not answer: " + e.getMessage(), e);
  }
}
