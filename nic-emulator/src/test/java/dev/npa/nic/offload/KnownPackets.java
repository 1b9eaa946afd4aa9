// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import java.util.HexFormat;

/// Packets with checksums that scapy computed (DPDK's test_cksum), as Ethernet frames.
final class KnownPackets {
  static final String ETHERNET = "020000000001 020000000002 ";

  static final byte[] IPV4_TCP =
      hex(
          ETHERNET
              + "0800 45000028 00010000 40067ccd 7f000001 7f000001"
              + "0014 0050 00000000 00000000 5002 2000 917c 0000");
  static final byte[] IPV4_UDP =
      hex(
          ETHERNET
              + "0800 4500001d 00010000 40117ccd 7f000001 7f000001"
              + "0035 0035 0009 896f 78");
  static final byte[] IPV6_TCP =
      hex(
          ETHERNET
              + "86dd 60000000 0014 06 40"
              + "00000000000000000000000000000001 00000000000000000000000000000001"
              + "0014 0050 00000000 00000000 5002 2000 8f7d 0000");
  static final byte[] IPV6_UDP =
      hex(
          ETHERNET
              + "86dd 60000000 0009 11 40"
              + "00000000000000000000000000000001 00000000000000000000000000000001"
              + "0035 0035 0009 8770 78");

  private KnownPackets() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
