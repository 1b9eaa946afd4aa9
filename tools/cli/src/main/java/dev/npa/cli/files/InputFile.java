// SPDX-License-Identifier: MIT
package dev.npa.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that the user named, read once.
public final class InputFile {
  /// Stands for standard input.
  public static final String STANDARD_INPUT = "-";

  private InputFile() {}

  /// Reads everything, at most `limitBytes + 1` bytes: a result longer than the limit says that the
  /// file is too long, and by how much does not matter. Pipes and devices are read like files.
  ///
  /// @param name a path, or [#STANDARD_INPUT]
  /// @throws IOException if it cannot be read; the message begins with the name
  public static byte[] read(String name, int limitBytes) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return System.in.readNBytes(limitBytes + 1);
    }
    Path path = path(name);
    if (Files.isDirectory(path)) {
      throw new IOException(name + ": is a directory, not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(limitBytes + 1);
    } catch (NoSuchFileException e) {
      if (exists(path)) {
        throw new IOException(name + ": a link that leads nowhere", e);
      }
      throw e;
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// Like [#read], and nothing longer than the limit.
  ///
  /// @param what the kind of file, for the message
  public static byte[] readAll(String name, int limitBytes, String what) throws IOException {
    byte[] bytes = read(name, limitBytes);
    if (bytes.length > limitBytes) {
      throw new IOException(name + ": more than " + limitBytes + " bytes, too long for " + what);
    }
    return bytes;
  }

  /// Like [#readAll], and nothing that others than its owner can read or write: who keeps a secret
  /// in such a file has told it already. Pipes pass, their permissions are their maker's.
  ///
  /// @throws IOException also if permissions are too wide; the message says what to do
  public static byte[] readSecret(String name, int limitBytes, String what) throws IOException {
    Guarded.requireSecret(path(name), what);
    return readAll(name, limitBytes, what);
  }

  /// Like [#readAll], and nothing that others than the user and root can change.
  ///
  /// @throws IOException also if permissions are too wide; the message says what to do
  public static byte[] readGuarded(String name, int limitBytes, String what) throws IOException {
    Guarded.requireFile(path(name), what);
    return readAll(name, limitBytes, what);
  }

  /// The path that a name stands for.
  ///
  /// @throws IOException if the name cannot be one, for instance because the locale cannot express
  ///   its characters
  public static Path path(String name) throws IOException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException(
          name
              + ": not a file name in this locale ("
              + System.getProperty("sun.jnu.encoding")
              + "): "
              + e.getReason(),
          e);
    }
  }

  /// Says what is there instead, or that nothing is.
  ///
  /// @throws IOException if the path leads to no directory
  public static void requireDirectory(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException(path + ": no such directory");
    }
    if (!Files.isDirectory(path)) {
      throw new IOException(path + ": is a file, not a directory");
    }
  }

  /// Whether something is there, be it a link that leads nowhere.
  public static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
