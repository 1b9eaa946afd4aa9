// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// A received frame as the plugin describes it to the shell (`Shell_RecvFrame`).
///
/// Fill it in this order: [#begin], [#addSg] for each buffer, then whatever the device reported.
/// What is not set after `begin` means "the device did not say".
public final class RecvFrame {
  /// Largest number of buffers in one frame: one small and eight large.
  public static final int MAX_SG = 9;

  /// Checksum state: not checked by the device (`SHELL_XSUM_UNKNOWN`).
  public static final int XSUM_UNKNOWN = 0;

  /// Checksum state: checked and right.
  public static final int XSUM_CORRECT = 1;

  /// Checksum state: checked and wrong.
  public static final int XSUM_INCORRECT = 2;

  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int TCP = 4;
  private static final int UDP = 8;
  private static final int VLAN = 16;
  private static final int HASH = 32;
  private static final int PERFECT_FILTERED = 64;

  private final int[] ringOffsets = new int[MAX_SG];
  private final int[] lengths = new int[MAX_SG];
  private int sgLength;
  private int byteLength;
  private int firstSgOffset;
  private int flags;
  private int vlanTag;
  private int rssHashType;
  private int rssHashValue;
  private int ipXsum;
  private int l4Xsum;

  @ShellOnly
  public RecvFrame() {}

  /// Starts a new frame: no buffers, nothing known.
  @Cost(30)
  public void begin() {
    sgLength = 0;
    byteLength = 0;
    firstSgOffset = 0;
    flags = 0;
    ipXsum = XSUM_UNKNOWN;
    l4Xsum = XSUM_UNKNOWN;
  }

  /// Appends a buffer.
  ///
  /// @param ringOffset the id under which the plugin took the buffer
  /// @param lengthBytes bytes of the frame in this buffer, `>= 1`
  /// @throws IndexOutOfBoundsException if the frame already has 9 buffers
  @Cost(40)
  public void addSg(int ringOffset, int lengthBytes) {
    int i = sgLength;
    ringOffsets[i] = ringOffset;
    lengths[i] = lengthBytes;
    sgLength = i + 1;
    byteLength += lengthBytes;
  }

  /// Sets how many bytes of the first buffer precede the frame. They are not part of any length.
  @Cost(5)
  public void firstSgOffset(int offsetBytes) {
    firstSgOffset = offsetBytes;
  }

  /// The destination address matched a filter exactly.
  @Cost(10)
  public void perfectFiltered() {
    flags |= PERFECT_FILTERED;
  }

  /// The device removed an 802.1Q tag with this tag control information, `0..65535`.
  @Cost(10)
  public void vlanTag(int tci) {
    flags |= VLAN;
    vlanTag = tci;
  }

  /// The device computed a Toeplitz hash.
  ///
  /// @param type what was hashed, as `UPT1_RSS_TYPE`: 1 IPv4, 2 TCP/IPv4, 3 IPv6, 4 TCP/IPv6
  @Cost(15)
  public void rssHash(int type, int value) {
    flags |= HASH;
    rssHashType = type;
    rssHashValue = value;
  }

  /// The frame carries IPv4 and the device looked at the header checksum.
  ///
  /// @param xsum [#XSUM_UNKNOWN], [#XSUM_CORRECT] or [#XSUM_INCORRECT]
  @Cost(10)
  public void ipv4(int xsum) {
    flags |= IPV4;
    ipXsum = xsum;
  }

  /// The frame carries IPv6.
  @Cost(10)
  public void ipv6() {
    flags |= IPV6;
  }

  /// The frame carries TCP; `xsum` as in [#ipv4].
  @Cost(10)
  public void tcp(int xsum) {
    flags |= TCP;
    l4Xsum = xsum;
  }

  /// The frame carries UDP; `xsum` as in [#ipv4].
  @Cost(10)
  public void udp(int xsum) {
    flags |= UDP;
    l4Xsum = xsum;
  }

  @ShellOnly
  public int sgLength() {
    return sgLength;
  }

  @ShellOnly
  public int byteLength() {
    return byteLength;
  }

  @ShellOnly
  public int ringOffset(int index) {
    return ringOffsets[index];
  }

  @ShellOnly
  public int length(int index) {
    return lengths[index];
  }

  @ShellOnly
  public int firstSgOffset() {
    return firstSgOffset;
  }

  @ShellOnly
  public boolean isPerfectFiltered() {
    return (flags & PERFECT_FILTERED) != 0;
  }

  @ShellOnly
  public boolean hasVlanTag() {
    return (flags & VLAN) != 0;
  }

  @ShellOnly
  public int vlanTag() {
    return vlanTag;
  }

  @ShellOnly
  public boolean hasRssHash() {
    return (flags & HASH) != 0;
  }

  @ShellOnly
  public int rssHashType() {
    return rssHashType;
  }

  @ShellOnly
  public int rssHashValue() {
    return rssHashValue;
  }

  @ShellOnly
  public boolean isIpv4() {
    return (flags & IPV4) != 0;
  }

  @ShellOnly
  public boolean isIpv6() {
    return (flags & IPV6) != 0;
  }

  @ShellOnly
  public boolean isTcp() {
    return (flags & TCP) != 0;
  }

  @ShellOnly
  public boolean isUdp() {
    return (flags & UDP) != 0;
  }

  @ShellOnly
  public int ipXsum() {
    return ipXsum;
  }

  @ShellOnly
  public int l4Xsum() {
    return l4Xsum;
  }
}
