package dev.longshore.local.connect;

/** What keeps a command from working, in a sentence that says what to do about it. */
public final class Hindrance extends Exception {
  private static final long serialVersionUID = 1;

  /** With a sentence for people. */
  public Hindrance(String sentence) {
    super(sentence);
  }

  /** With a sentence for people, and what was seen. */
  public Hindrance(String sentence, Throwable seen) {
    super(sentence, seen);
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
