package dev.longshore.local.runner;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds programs as the exec family of calls does. */
final class Executables {
  private Executables() {}

  /**
   * Why {@code command} cannot be executed, in the words of a container runtime; empty when it can.
   *
   * @param path value of PATH
   * @param directory working directory
   */
  static Optional<String> problem(String command, String path, Path directory) {
    if (command.isEmpty()) {
      return Optional.of("exec: \"\": executable file not found in $PATH");
    }
    if (command.indexOf('/') < 0) {
      return find(command, path, directory) == null
          ? Optional.of("exec: \"" + command + "\": executable file not found in $PATH")
          : Optional.empty();
    }
    Path file = resolve(directory, command);
    if (file == null || !Files.exists(file)) {
      return Optional.of(
          "exec: \"" + command + "\": stat " + command + ": no such file or directory");
    }
    return isProgram(file)
        ? Optional.empty()
        : Optional.of("exec: \"" + command + "\": permission denied");
  }

  /** The first program of this name in PATH, or null. */
  static @Nullable Path find(String name, String path, Path working) {
    for (String entry : path.split(":", -1)) {
      Path directory = resolve(working, entry);
      Path file = directory == null ? null : resolve(directory, name);
      if (file != null && isProgram(file)) {
        return file;
      }
    }
    return null;
  }

  private static @Nullable Path resolve(Path directory, String name) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException notAName) {
      return null;
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
