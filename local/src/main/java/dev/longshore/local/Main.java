package dev.longshore.local;

/** Entry point of {@code ./longshore local}. */
public final class Main {
  private Main() {}

  /** Prints how to use it. */
  public static void main(String[] args) {
    System.err.println("usage: longshore local [options]");
    System.exit(2);
  }
}
