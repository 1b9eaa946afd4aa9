// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.plugin.ShellApi;
import dev.npa.shell.guest.GuestPages;

/// How a shell is set up.
///
/// @param mtu bytes of an IP packet, `60 <= mtu <= 9000`; the largest that [Shell#setMtu] can set
/// @param rxRingSize descriptors of a receive ring, a power of two, `64 <= rxRingSize <= 4096`
/// @param txRingSize the same for transmit rings
/// @param txBuffers buffers for frames to send
/// @param txQueueFrames frames in flight and waiting together, a power of two; [Shell#send] answers
///   false beyond
/// @param maxPackageBytes longest plugin package that the guest makes room for
public record ShellConfig(
    int mtu,
    int rxRingSize,
    int txRingSize,
    int txBuffers,
    int txQueueFrames,
    int maxPackageBytes) {

  static final int MIN_MTU = 60;
  private static final int MAX_MTU = 9000;
  private static final int MIN_RING = 64;
  private static final int MAX_RING = 4096;
  private static final int ETHERNET_HEADER_BYTES = 14;
  private static final int VLAN_TAG_BYTES = 4;
  private static final int MIN_LARGE_BUFFERS = 16;

  /// What a frame has beside its MTU: Ethernet header, two 802.1Q tags, no FCS.
  static final int FRAME_OVERHEAD_BYTES = ETHERNET_HEADER_BYTES + 2 * VLAN_TAG_BYTES;

  /// Rings of 512, 1024 buffers, packages up to 1 MiB.
  public static ShellConfig ofMtu(int mtu) {
    return new ShellConfig(mtu, 512, 512, 1024, 1024, 1 << 20);
  }

  public ShellConfig {
    check(mtu >= MIN_MTU && mtu <= MAX_MTU, "MTU", mtu);
    check(isRing(rxRingSize), "receive ring size", rxRingSize);
    check(isRing(txRingSize), "transmit ring size", txRingSize);
    check(txBuffers >= 1 && txBuffers <= 1 << 16, "number of transmit buffers", txBuffers);
    check(
        txQueueFrames >= MIN_RING && Integer.bitCount(txQueueFrames) == 1,
        "length of the transmit queue",
        txQueueFrames);
    check(maxPackageBytes >= 1 && maxPackageBytes <= 1 << 24, "package size", maxPackageBytes);
  }

  private static boolean isRing(int size) {
    return size >= MIN_RING && size <= MAX_RING && Integer.bitCount(size) == 1;
  }

  private static void check(boolean good, String what, int value) {
    if (!good) {
      throw new IllegalArgumentException(what + ": " + value);
    }
  }

  /// Longest frame in bytes.
  int maxFrameBytes() {
    return mtu + FRAME_OVERHEAD_BYTES;
  }

  /// Size of a transmit buffer: a power of two, or whole pages.
  int txBufferBytes() {
    return maxFrameBytes() <= ShellApi.SMALL_BUFFER_BYTES
        ? ShellApi.SMALL_BUFFER_BYTES
        : (int) GuestPages.pages(maxFrameBytes());
  }

  /// Buffers for what does not fit in a small one: as many frames' worth as the ring has slots, as
  /// long as that is not most of the guest's memory.
  int largeBuffers() {
    return maxFrameBytes() <= ShellApi.SMALL_BUFFER_BYTES
        ? MIN_LARGE_BUFFERS
        : rxRingSize + NapiPoll.budget();
  }
}
