// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// One change of a trust store at a time, whichever process makes it: between reading a list and
/// writing it, or a serial number, nobody else writes one; and nobody reads one file from before a
/// change and another from after it.
final class StoreLock implements AutoCloseable {
  /// The operating system's locks are between processes, not within one.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Optional<FileChannel> file;

  private StoreLock(Optional<FileChannel> file) {
    this.file = file;
  }

  /// Waits until nobody else changes or reads the store.
  static StoreLock toChange(TrustStore store) throws IOException {
    OwnedDirectory.create(store.directory());
    return take(store, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), false);
  }

  /// Waits until nobody changes the store. Where nobody ever has, there is nothing to wait for.
  static StoreLock toRead(TrustStore store) throws IOException {
    return take(store, Set.of(StandardOpenOption.READ), true);
  }

  private static StoreLock take(TrustStore store, Set<StandardOpenOption> how, boolean shared)
      throws IOException {
    Set<OpenOption> options = new HashSet<>(how);
    options.add(LinkOption.NOFOLLOW_LINKS);
    IN_THIS_PROCESS.lock();
    try {
      FileChannel file = FileChannel.open(store.directory().resolve("lock"), options);
      FileLock _ = file.lock(0, Long.MAX_VALUE, shared); // ends with the channel
      return new StoreLock(Optional.of(file));
    } catch (IOException e) {
      if (shared && e instanceof NoSuchFileException) {
        return new StoreLock(Optional.empty());
      }
      IN_THIS_PROCESS.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
