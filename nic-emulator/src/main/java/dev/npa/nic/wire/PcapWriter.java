// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes Ethernet frames to a classic pcap file with nanoseconds, little-endian.
///
/// Everything written is in the file once [#close] returned. Allocates nothing per frame.
public final class PcapWriter implements AutoCloseable {
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ETHERNET = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SECONDS_LIMIT = 1L << 32;
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final OutputStream out;
  private final byte[] record = new byte[RECORD_HEADER_BYTES + PcapReader.MAX_FRAME_BYTES];
  private final MemorySegment segment = MemorySegment.ofArray(record);

  /// Writes to a stream, which [#close] closes.
  public PcapWriter(OutputStream out) throws IOException {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    segment.set(U32, 0, ClassicPcap.MAGIC_NANOS);
    segment.set(U16, 4, (short) ClassicPcap.MAJOR);
    segment.set(U16, 6, (short) ClassicPcap.MINOR);
    segment.set(U32, 16, PcapReader.MAX_FRAME_BYTES);
    segment.set(U32, 20, ETHERNET);
    this.out.write(record, 0, FILE_HEADER_BYTES);
  }

  /// Makes the file, or empties it.
  public static PcapWriter create(Path file) throws IOException {
    return new PcapWriter(Files.newOutputStream(file));
  }

  /// Writes a frame as it was read.
  ///
  /// @throws IllegalArgumentException as the other `write`, or if `originalLength < bytes.length`
  public void write(PcapFrame frame) throws IOException {
    int length = frame.bytes().length;
    if (frame.originalLength() < length) {
      throw new IllegalArgumentException(
          "original length " + frame.originalLength() + " < captured " + length);
    }
    write(
        frame.timestampNanos(),
        MemorySegment.ofArray(frame.bytes()),
        0,
        length,
        frame.originalLength());
  }

  /// Writes a whole frame.
  ///
  /// @param timestampNanos since 1970-01-01 UTC
  /// @throws IllegalArgumentException if `lengthBytes < 0`, `lengthBytes >
  ///   PcapReader.MAX_FRAME_BYTES`, `timestampNanos < 0` or `timestampNanos >= 2^32 s`
  public void write(long timestampNanos, MemorySegment memory, long offset, int lengthBytes)
      throws IOException {
    write(timestampNanos, memory, offset, lengthBytes, lengthBytes);
  }

  private void write(
      long timestampNanos, MemorySegment memory, long offset, int lengthBytes, int originalLength)
      throws IOException {
    long seconds = timestampNanos / NANOS_PER_SECOND;
    if (timestampNanos < 0 || seconds >= SECONDS_LIMIT) {
      throw new IllegalArgumentException("time stamp of " + timestampNanos + " ns");
    }
    if (lengthBytes < 0 || lengthBytes > PcapReader.MAX_FRAME_BYTES) {
      throw new IllegalArgumentException("frame of " + lengthBytes + " bytes");
    }
    segment.set(U32, 0, (int) seconds);
    segment.set(U32, 4, (int) (timestampNanos % NANOS_PER_SECOND));
    segment.set(U32, 8, lengthBytes);
    segment.set(U32, 12, originalLength);
    MemorySegment.copy(memory, offset, segment, RECORD_HEADER_BYTES, lengthBytes);
    out.write(record, 0, RECORD_HEADER_BYTES + lengthBytes);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
