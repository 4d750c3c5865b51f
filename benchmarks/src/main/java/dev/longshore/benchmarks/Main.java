package dev.longshore.benchmarks;

/** Entry point of {@code ./longshore bench}. */
public final class Main {
  private Main() {}

  /** Prints how to use it. */
  public static void main(String[] args) {
    System.err.println("usage: longshore bench [options]");
    System.exit(2);
  }
}
