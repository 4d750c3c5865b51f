package dev.longshore.benchmarks;

/**
 * How much is run.
 *
 * @param singles jobs of the throughput of singles
 * @param array children of the throughput as an array
 * @param latencies jobs measured one at a time
 * @param costSingles jobs of the cost together
 * @param costArray children of the cost as an array
 * @param onOneHost attempts at a time on one host
 * @param alone pairs of children that start and end alone
 * @param large children of the large array
 * @param starts of a function, each way
 */
record Sizes(
    int singles,
    int array,
    int latencies,
    int costSingles,
    int costArray,
    int onOneHost,
    int alone,
    int large,
    int starts) {
  /** The sizes that the goals are about. */
  static final Sizes FULL = new Sizes(1000, 1000, 100, 1000, 1000, 40, 4, 10_000, 11);

  /** For a quick look: the same goals, less reliable figures. */
  static final Sizes QUICK = new Sizes(200, 200, 20, 200, 200, 40, 2, 2_000, 5);

  /** Enough to see that everything runs. */
  static final Sizes TINY = new Sizes(8, 8, 2, 8, 8, 4, 1, 50, 1);
}
