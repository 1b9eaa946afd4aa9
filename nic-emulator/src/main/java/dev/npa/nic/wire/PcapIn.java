// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import dev.npa.nic.Device;
import dev.npa.nic.FramePort;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// A wire that plays a capture, as fast as its port takes the frames.
///
/// A frame that is not taken is offered again at the next turn. Frames that the capture holds only
/// in part, or that are too short for an Ethernet header, are left out and counted: what arrives is
/// what was sent. Unlike the rest of the device thread it reads a file and allocates; a capture is
/// no line-rate source.
public final class PcapIn implements Device, AutoCloseable {
  private static final int BURST_FRAMES = 64;
  private static final int HEADER_BYTES = 14;

  private final PcapReader reader;
  private final FramePort port;
  // Off-heap as the frames of NICs are, so that a port's copy sees one kind of memory only.
  private final MemorySegment frame = Arena.ofAuto().allocate(PcapReader.MAX_FRAME_BYTES);
  private int waitingBytes;
  private Optional<IOException> failure = Optional.empty();
  private volatile boolean done;
  private volatile long played;
  private volatile long leftOut;

  /// @param reader closed with this
  public PcapIn(PcapReader reader, FramePort port) {
    this.reader = reader;
    this.port = port;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // The device thread is the only writer.
  public boolean poll() {
    int taken = 0;
    while (taken < BURST_FRAMES
        && (waitingBytes > 0 || fetch())
        && port.offer(frame, 0, waitingBytes)) {
      waitingBytes = 0;
      taken++;
    }
    if (taken > 0) {
      port.flush();
      played += taken;
    }
    return taken > 0;
  }

  /// Whether the capture is at its end, or broken: then [#close] tells. Any thread.
  public boolean isDone() {
    return done;
  }

  /// Frames that the port took. Any thread.
  public long played() {
    return played;
  }

  /// Frames cut off by the capture's snapshot length or shorter than 14 bytes. Any thread.
  public long leftOut() {
    return leftOut;
  }

  /// Closes the capture. To be called when the device thread no longer polls this.
  ///
  /// @throws IOException if the capture could not be read to its end, or closed
  @Override
  public void close() throws IOException {
    try (reader) {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // The device thread is the only writer.
  private boolean fetch() {
    while (!done) {
      Optional<PcapFrame> next;
      try {
        next = reader.next();
      } catch (IOException e) {
        failure = Optional.of(e);
        next = Optional.empty();
      }
      if (next.isEmpty()) {
        done = true;
      } else if (next.get().isTruncated() || next.get().bytes().length < HEADER_BYTES) {
        leftOut++;
      } else {
        byte[] bytes = next.get().bytes();
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, frame, 0, bytes.length);
        waitingBytes = bytes.length;
        return true;
      }
    }
    return false;
  }
}
