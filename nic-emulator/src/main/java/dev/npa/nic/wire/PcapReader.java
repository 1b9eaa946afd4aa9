// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the Ethernet frames of a capture: pcap and pcapng, either byte order.
///
/// Holds one frame at a time, of at most [#MAX_FRAME_BYTES].
public final class PcapReader implements AutoCloseable {
  /// The longest frame that is read or written: libpcap's own limit.
  public static final int MAX_FRAME_BYTES = 256 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final CaptureSource source;
  private final CaptureFormat format;

  private PcapReader(CaptureSource source, CaptureFormat format) {
    this.source = source;
    this.format = format;
  }

  /// @throws IOException if the file cannot be read, is not a capture, or a classic one whose link
  ///   type is not Ethernet
  public static PcapReader open(Path file) throws IOException {
    return open(Files.newInputStream(file), file.toString());
  }

  /// Reads a capture that is not a file; closes the stream, also when this throws.
  ///
  /// @param name what error messages call it
  public static PcapReader open(InputStream in, String name) throws IOException {
    CaptureSource source = new CaptureSource(new BufferedInputStream(in, BUFFER_BYTES), name);
    try {
      int magic = source.u32("magic number");
      Optional<CaptureFormat> format = ClassicPcap.after(magic, source);
      if (format.isEmpty()) {
        format = Pcapng.after(magic, source);
      }
      return new PcapReader(
          source,
          format.orElseThrow(
              () ->
                  source.malformed(
                      0, "magic number %08x is neither pcap's nor pcapng's".formatted(magic))));
    } catch (IOException e) {
      try (source) {
        throw e;
      }
    }
  }

  /// Reads the next frame.
  ///
  /// @return empty at the end of the capture
  /// @throws IOException if the file is malformed from here on, naming offset and value; or a frame
  ///   of another link type comes
  public Optional<PcapFrame> next() throws IOException {
    return format.next();
  }

  /// Reads all frames that are left.
  ///
  /// @throws IOException as [#next]; the frames before it have been handed over
  public void forEachRemaining(Consumer<? super PcapFrame> taker) throws IOException {
    Optional<PcapFrame> frame = next();
    while (frame.isPresent()) {
      taker.accept(frame.get());
      frame = next();
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /// Reads a captured length and refuses it beyond the limit, before anything is allocated.
  static int capturedLength(CaptureSource source) throws IOException {
    long at = source.offset();
    long length = Integer.toUnsignedLong(source.u32("captured length"));
    checkCapturedLength(source, at, length);
    return (int) length;
  }

  static void checkCapturedLength(CaptureSource source, long at, long length) throws IOException {
    if (length > MAX_FRAME_BYTES) {
      throw source.malformed(at, "captured length " + length + " > " + MAX_FRAME_BYTES);
    }
  }
}
