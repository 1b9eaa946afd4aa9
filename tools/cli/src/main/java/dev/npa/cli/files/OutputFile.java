// SPDX-License-Identifier: MIT
package dev.npa.cli.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// A file that npa writes: whole or not at all.
///
/// The bytes go to a new file beside the target, with a name nobody can guess, which then takes the
/// target's name. A target that is a symbolic link is never followed: without `--overwrite` it is
/// in the way, with it the link is replaced.
public final class OutputFile {
  private static final String OVERWRITE = "--overwrite";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Who may use the file.
  public enum Audience {
    /// Keys and the trust store: the owner alone.
    OWNER("rw-------"),
    /// Packages and certificates, which are made to be handed on. The umask may take from it.
    EVERYONE("rw-r--r--");

    private final String mode;

    Audience(String mode) {
      this.mode = mode;
    }
  }

  private OutputFile() {}

  /// The option that allows to write over a file.
  public static OptionSpec overwriteOption() {
    return OptionSpec.builder(OVERWRITE)
        .type(boolean.class)
        .description("Replace the output file if there is one already.")
        .build();
  }

  /// Whether the user gave it.
  public static boolean mayOverwrite(ParseResult given) {
    return given.hasMatchedOption(OVERWRITE);
  }

  /// Says early that a file is in the way, before work or a question is wasted on it.
  public static void requireFree(Path target, ParseResult given) throws IOException {
    if (!mayOverwrite(given) && InputFile.exists(target)) {
      throw occupied(target);
    }
  }

  /// Writes a file.
  ///
  /// @param overwrite whether a file that is there may be replaced
  /// @throws IOException if one is there and may not, or writing fails; then nothing has changed
  public static void write(Path target, byte[] bytes, Audience audience, boolean overwrite)
      throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException(target + ": is a directory; name a file");
    }
    if (!overwrite && InputFile.exists(target)) {
      throw occupied(target);
    }
    Path draft = target.resolveSibling("." + target.getFileName() + "." + randomName());
    draft.toFile().deleteOnExit(); // if somebody interrupts
    try {
      fill(draft, bytes, audience);
      if (overwrite) {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        moveIfFree(draft, target);
      }
    } catch (NoSuchFileException e) {
      throw new IOException(target.toAbsolutePath().getParent() + ": no such directory", e);
    } catch (AccessDeniedException e) {
      throw new IOException(target + ": cannot be written: permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException(target + ": cannot be written: " + e.getReason(), e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void fill(Path draft, byte[] bytes, Audience audience) throws IOException {
    FileAttribute<?>[] attributes =
        draft.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(audience.mode))
            }
            : new FileAttribute<?>[0];
    try (FileChannel file =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
      file.force(true);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) { // a full disk: Java does not say where
      throw new FileSystemException(draft.toString(), null, e.getMessage());
    }
  }

  /// A hard link takes a name only if it is free; a rename would take it anyway.
  private static void moveIfFree(Path draft, Path target) throws IOException {
    try {
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException e) {
      throw occupied(target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      reserveAndMove(draft, target); // a file system without hard links, such as FAT
    }
  }

  private static void reserveAndMove(Path draft, Path target) throws IOException {
    try {
      Files.createFile(target);
    } catch (FileAlreadyExistsException e) {
      throw occupied(target);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static IOException occupied(Path target) {
    return new IOException(target + ": is there already; " + OVERWRITE + " replaces it");
  }

  private static String randomName() {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
