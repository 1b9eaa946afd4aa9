// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

/// One Ethernet frame of a capture, without FCS.
///
/// @param index position in the capture, from 0; Wireshark's frame number is one more
/// @param timestampNanos since 1970-01-01 UTC; 0 where the format has none (pcapng's simple
///   packets)
/// @param originalLength bytes the frame had on the wire, `>= bytes.length`
/// @param bytes what was captured of it, from its first byte; the frame's own, not copied
@SuppressWarnings("ArrayRecordComponent") // A carrier from reader to port; never compared.
public record PcapFrame(long index, long timestampNanos, int originalLength, byte[] bytes) {
  /// Whether the capture's snapshot length cut the frame off.
  public boolean isTruncated() {
    return bytes.length < originalLength;
  }
}
