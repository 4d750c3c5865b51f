package dev.longshore.simulator.world;

/**
 * The process of a service that runs whole in one virtual machine. When it is killed its queues and
 * its place in the stream are gone; a new one settles everything before it does anything else.
 */
public final class ServiceProcess {
  private static final int MOST_STARTS = 1_000;

  private final Agenda agenda;
  private final Invocations invocations;
  private final Stream stream;
  private final Rounds rounds;
  private final Runnable settleAll;

  public ServiceProcess(
      Agenda agenda, Invocations invocations, Stream stream, Rounds rounds, Runnable settleAll) {
    this.agenda = agenda;
    this.invocations = invocations;
    this.stream = stream;
    this.rounds = rounds;
    this.settleAll = settleAll;
  }

  /** Kills it and starts it again, until it has started. */
  public void restart() {
    int starts = 0;
    do {
      if (++starts > MOST_STARTS) {
        throw new IllegalStateException("the service does not start");
      }
      invocations.abandonPaused();
      agenda.forget();
      stream.forget();
      rounds.forget();
    } while (!invocations.runAlone("start", settleAll));
  }
}
