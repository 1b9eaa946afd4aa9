// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// What the guest asks of the device for one frame to send (`Plugin_SendInfo`).
///
/// Where checksum or segmentation is asked for, the guest has seeded the TCP or UDP checksum field
/// with the pseudo-header sum: with the length for a checksum, without it for segmentation.
public final class SendInfo {
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int TCP = 4;
  private static final int UDP = 8;
  private static final int XSUM = 16;
  private static final int TSO = 32;
  private static final int VLAN = 64;
  private static final int OFFLOADS = XSUM | TSO | VLAN;

  private static final int MAX_MSS = 16383;

  private int flags;
  private int tsoMss;
  private int vlanTag;
  private int ipHeaderOffset;
  private int l4HeaderOffset;
  private int l4DataOffset;

  @ShellOnly
  public SendInfo() {}

  /// Nothing is asked for: the frame goes out as it is.
  @Cost(10)
  public boolean plain() {
    return (flags & OFFLOADS) == 0;
  }

  @Cost(10)
  public boolean ipv4() {
    return (flags & IPV4) != 0;
  }

  @Cost(10)
  public boolean ipv6() {
    return (flags & IPV6) != 0;
  }

  @Cost(10)
  public boolean tcp() {
    return (flags & TCP) != 0;
  }

  @Cost(10)
  public boolean udp() {
    return (flags & UDP) != 0;
  }

  /// The device shall complete the TCP or UDP checksum.
  @Cost(10)
  public boolean xsumTcpOrUdp() {
    return (flags & XSUM) != 0;
  }

  /// The device shall cut the payload into segments of [#tsoMss] bytes.
  @Cost(10)
  public boolean tso() {
    return (flags & TSO) != 0;
  }

  /// Payload bytes per segment, `1 <= tsoMss() <= 16383`, if [#tso].
  @Cost(5)
  @Range(min = 0, max = 16383)
  public int tsoMss() {
    return tsoMss;
  }

  /// The device shall insert an 802.1Q tag.
  @Cost(10)
  public boolean vlan() {
    return (flags & VLAN) != 0;
  }

  /// Tag control information to insert, `0..65535`, if [#vlan].
  @Cost(5)
  @Range(min = 0, max = 65535)
  public int vlanTag() {
    return vlanTag;
  }

  /// Offset of the IP header from the frame's start in bytes, if [#ipv4] or [#ipv6].
  @Cost(5)
  @Range(min = 0, max = 65535)
  public int ipHeaderOffset() {
    return ipHeaderOffset;
  }

  /// Offset of the TCP or UDP header from the frame's start in bytes, if [#tcp] or [#udp].
  @Cost(5)
  @Range(min = 0, max = 65535)
  public int l4HeaderOffset() {
    return l4HeaderOffset;
  }

  /// Offset of the TCP or UDP payload from the frame's start in bytes: the length of all headers.
  @Cost(5)
  @Range(min = 0, max = 65535)
  public int l4DataOffset() {
    return l4DataOffset;
  }

  /// Asks for nothing.
  @ShellOnly
  public void clear() {
    flags = 0;
  }

  /// @throws IllegalArgumentException if an offset is not in `0..65535`
  @ShellOnly
  public void headers(boolean isIpv6, boolean isUdp, int ipOffset, int l4Offset, int dataOffset) {
    if ((ipOffset | l4Offset | dataOffset) >>> 16 != 0) {
      throw new IllegalArgumentException("a header offset beyond 65535");
    }
    flags |= (isIpv6 ? IPV6 : IPV4) | (isUdp ? UDP : TCP);
    ipHeaderOffset = ipOffset;
    l4HeaderOffset = l4Offset;
    l4DataOffset = dataOffset;
  }

  @ShellOnly
  public void requestChecksum() {
    flags |= XSUM;
  }

  /// @throws IllegalArgumentException if `mss < 1` or `mss > 16383`
  @ShellOnly
  public void requestSegmentation(int mss) {
    if (mss < 1 || mss > MAX_MSS) {
      throw new IllegalArgumentException("segments of " + mss + " bytes");
    }
    flags |= TSO;
    tsoMss = mss;
  }

  /// @throws IllegalArgumentException if `tci` is not in `0..65535`
  @ShellOnly
  public void requestVlanTag(int tci) {
    if (tci >>> 16 != 0) {
      throw new IllegalArgumentException("a VLAN tag of " + tci);
    }
    flags |= VLAN;
    vlanTag = tci;
  }
}
