// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.shell.Shell;
import dev.npa.testbed.Guest;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Frames from one guest to another. A buffer's header is written when the buffer comes for the
/// first time, and sent unchanged after that: what is measured is the way of frames, not their
/// making.
public final class TestFrames {
  /// Where a frame's payload may be written, a multiple of 8.
  static final int PAYLOAD_OFFSET = 16;

  private static final int MOST_BUFFERS = 1 << 16; // of a driver
  private static final long LOCAL_EXPERIMENTAL_ETHERTYPE = 0x88B5; // IEEE Std 802
  private static final ValueLayout.OfLong HEADER =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Shell shell;
  private final boolean[] written = new boolean[MOST_BUFFERS];
  private final long first;
  private final long second;

  public TestFrames(Guest from, Guest to) {
    this.shell = from.shell();
    long source = from.vm().mac().value();
    this.first = to.vm().mac().value() << 16 | source >>> 32;
    this.second = source << 32 | LOCAL_EXPERIMENTAL_ETHERTYPE << 16;
  }

  /// Makes sure that a buffer holds the headers.
  public void prepare(int buffer) {
    if (!written[buffer]) {
      long offset = shell.bufferOffset(buffer);
      shell.memory().set(HEADER, offset, first);
      shell.memory().set(HEADER, offset + 8, second);
      written[buffer] = true;
    }
  }
}
