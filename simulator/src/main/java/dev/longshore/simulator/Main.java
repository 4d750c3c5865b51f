package dev.longshore.simulator;

/** Entry point of {@code ./longshore simulate}. */
public final class Main {
  private Main() {}

  /** Prints how to use it. */
  public static void main(String[] args) {
    System.err.println("usage: longshore simulate [options]");
    System.exit(2);
  }
}
