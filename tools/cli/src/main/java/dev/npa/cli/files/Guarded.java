// SPDX-License-Identifier: MIT
package dev.npa.cli.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/// Whether others than their owner can read or change files; where a file system knows no owners,
/// nothing is asked.
public final class Guarded {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> READERS =
      PosixFilePermissions.fromString("rwxr-xr-x");

  /// Owned by whoever runs the process.
  private static final Path OWN_PROCESS = Path.of("/proc/self");

  private Guarded() {}

  /// Nobody but the owner can read it: what others know is no secret. Pipes pass, their permissions
  /// are their maker's.
  ///
  /// @param what the kind of file, for the message
  /// @throws IOException if others can; the message says what to do
  public static void requireSecret(Path file, String what) throws IOException {
    if (Files.isRegularFile(file) && isPosix(file)) {
      requireMode(file, what, OWNERS, "use", "chmod 600 ");
    }
  }

  /// A file that the user who runs this, or root, owns, and that nobody else can change.
  ///
  /// @throws IOException if others can; the message says what to do
  public static void requireFile(Path file, String what) throws IOException {
    if (Files.isRegularFile(file) && isPosix(file)) {
      requireOwner(file, what, self(file));
      requireMode(file, what, READERS, "change", "chmod 600 ");
    }
  }

  /// As [#requireFile], for a directory: whoever can write to it can exchange all that is in it.
  /// The directories above it are not looked at.
  public static void requireDirectory(Path directory, String what) throws IOException {
    if (isPosix(directory)) {
      requireOwner(directory, what, self(directory));
      requireMode(directory, what, READERS, "change", "chmod 700 ");
    }
  }

  static void requireOwner(Path path, String what, UserPrincipal self) throws IOException {
    UserPrincipal owner = Files.getOwner(path);
    if (!owner.getName().equals("root") && !owner.equals(self)) {
      throw new IOException("%s: %s of another user (%s)".formatted(path, what, owner.getName()));
    }
  }

  private static UserPrincipal self(Path path) throws IOException {
    return Files.exists(OWN_PROCESS)
        ? Files.getOwner(OWN_PROCESS)
        : path.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }

  private static void requireMode(
      Path path, String what, Set<PosixFilePermission> allowed, String might, String remedy)
      throws IOException {
    Set<PosixFilePermission> mode =
        Files.readAttributes(path, PosixFileAttributes.class).permissions();
    if (!allowed.containsAll(mode)) {
      throw new IOException(
          "%s: %s that others can %s (mode %s); run: %s%s"
              .formatted(path, what, might, PosixFilePermissions.toString(mode), remedy, path));
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path.toRealPath()).supportsFileAttributeView("posix");
  }
}
