// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import dev.npa.nic.FramePort;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A wire whose other end is a file: every frame sent to it is recorded.
///
/// A file that can no longer be written (disk full) does not hold the sender up: frames are taken
/// and counted as lost, and [#close] throws what went wrong first.
public final class PcapOut implements FramePort, AutoCloseable {
  private final PcapWriter writer;
  private final LongSupplier clockNanos;
  private Optional<IOException> failure = Optional.empty();
  private volatile long recorded;
  private volatile long lost;

  /// @param writer closed with this
  /// @param clockNanos time since 1970-01-01 UTC
  public PcapOut(PcapWriter writer, LongSupplier clockNanos) {
    this.writer = writer;
    this.clockNanos = clockNanos;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // The device thread is the only writer.
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (failure.isPresent()) {
      lost++;
      return true;
    }
    try {
      writer.write(clockNanos.getAsLong(), memory, offset, lengthBytes);
      recorded++;
    } catch (IOException e) {
      failure = Optional.of(e);
      lost++;
    }
    return true;
  }

  /// Does nothing: the file has everything when it is closed.
  @Override
  public void flush() {}

  /// Frames written, as far as the file let it be known. Any thread.
  public long recorded() {
    return recorded;
  }

  /// Frames taken after the file had failed. Any thread.
  public long lost() {
    return lost;
  }

  /// Completes the file. To be called when the device thread no longer sends here.
  ///
  /// @throws IOException if any frame could not be written
  @Override
  public void close() throws IOException {
    try (writer) {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }
}
