package dev.longshore.local.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.port.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file to which events are appended, one JSON object a line. */
public final class EventFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private EventFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens the file, or makes it; what is in it stays. */
  public static EventFile open(Path path) throws IOException {
    return new EventFile(
        path,
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /**
   * Appends these lines; all of them or, as far as can be helped, none.
   *
   * @throws StoreException when the file could not be written
   */
  void append(List<String> lines) {
    ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(UTF_8));
    try {
      long end = channel.size();
      channel.position(end);
      // A line that was cut off by a crash must not swallow the next one.
      if (end > 0 && !endsWithNewline(end)) {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new StoreException("Events cannot be written to " + path + ".", e);
    }
  }

  private boolean endsWithNewline(long end) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    return channel.read(one, end - 1) == 1 && one.get(0) == '\n';
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
