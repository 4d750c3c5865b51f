package dev.longshore.core.model;

import dev.longshore.core.model.JobKey.Member;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one placement of one attempt. Its text travels with the task as {@code startedBy} and as
 * client token, so that every task event says whose it is without any look-up.
 *
 * @param key whose attempt
 * @param attempt what the user counts, from 1
 * @param dispatch counts the placements of this attempt, from 0: it grows when a dispatch is
 *     undone, so that the token of a refused call is never used again
 */
public record AttemptKey(JobKey key, int attempt, int dispatch) {
  // A node's index has '_' before it: a letter would read as a child's index in base 36.
  private static final Pattern TEXT =
      Pattern.compile("([A-Za-z0-9_-]{22})/(_?)([a-z0-9]{0,4})/(\\d{1,3})-(\\d{1,5})");

  /** At most 33 characters of letters, digits, {@code - _ /}. */
  public String text() {
    UUID id = key.job().value();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    String job = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    String member =
        switch (key.member()) {
          case WHOLE -> "";
          case CHILD -> Integer.toString(key.index(), 36);
          case NODE -> "_" + Integer.toString(key.index(), 36);
        };
    return job + "/" + member + "/" + attempt + "-" + dispatch;
  }

  /** Reads {@link #text()}; empty for anything else, such as a task that is not ours. */
  public static Optional<AttemptKey> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts.group(1)));
    JobId id = new JobId(new UUID(bytes.getLong(), bytes.getLong()));
    boolean node = !parts.group(2).isEmpty();
    String index = parts.group(3);
    if (node && index.isEmpty()) {
      return Optional.empty();
    }
    JobKey key =
        index.isEmpty()
            ? JobKey.whole(id)
            : new JobKey(id, node ? Member.NODE : Member.CHILD, Integer.parseInt(index, 36));
    int attempt = Integer.parseInt(parts.group(4));
    return Optional.of(new AttemptKey(key, attempt, Integer.parseInt(parts.group(5))));
  }

  @Override
  public String toString() {
    return text();
  }
}
