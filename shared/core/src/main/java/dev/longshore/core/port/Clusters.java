package dev.longshore.core.port;

/**
 * What a compute environment owns where its hosts are: its ECS cluster, and whatever was made for
 * launching hosts into it. On one machine that is nothing.
 */
public interface Clusters {
  /** For hosts that need no cluster. */
  Clusters NONE =
      new Clusters() {
        @Override
        public String create(String environment) {
          return "";
        }

        @Override
        public boolean delete(String environment) {
          return true;
        }
      };

  /**
   * Makes the cluster of an environment. One that is there is left as it is.
   *
   * @return empty when it is there now; otherwise why it cannot be, in words for the environment's
   *     status reason
   * @throws StoreException when that is not known; trying again is right
   */
  String create(String environment);

  /**
   * Removes the cluster and all that belongs to it. What is not there is no error.
   *
   * @return false when something still holds it; trying again later is right
   * @throws StoreException when that is not known; trying again is right
   */
  boolean delete(String environment);
}
