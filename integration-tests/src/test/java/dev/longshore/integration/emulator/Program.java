package dev.longshore.integration.emulator;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** An emulator that is a program of its own and checks no permissions. */
final class Program {
  private Program() {}

  /** A port of this address that nobody has now. */
  static int freePort(String address) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return free.getLocalPort();
    }
  }

  /** Starts it and waits until it answers there; what it says goes into this file. */
  static Emulator start(List<String> command, String address, int port, Path log)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    Emulator emulator =
        new Emulator(
            URI.create("http://" + address + ":" + port),
            "us-east-1",
            AwsBasicCredentials.create("test", "test"),
            () -> stop(process));
    for (int tries = 0; tries < 240; tries++) {
      if (answers(address, port)) {
        return emulator;
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(250);
    }
    emulator.close();
    throw Needed.missing(command.getFirst() + " does not start: " + Files.readString(log));
  }

  private static boolean answers(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Told to end, it removes what it made. */
  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
