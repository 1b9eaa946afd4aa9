// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// One change of a trust store at a time, whichever process makes it: between reading a list and
/// writing it, or a serial number, nobody else writes one. Who only reads takes no lock.
final class StoreLock implements AutoCloseable {
  /// The operating system's locks are between processes, not within one.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final FileChannel file;

  private StoreLock(FileChannel file) {
    this.file = file;
  }

  /// Waits for its turn.
  static StoreLock take(TrustStore store) throws IOException {
    Path directory = store.directory();
    OwnedDirectory.create(directory);
    IN_THIS_PROCESS.lock();
    try {
      FileChannel file =
          FileChannel.open(
              directory.resolve("lock"),
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
      FileLock _ = file.lock(); // ends with the channel
      return new StoreLock(file);
    } catch (IOException e) {
      IN_THIS_PROCESS.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
