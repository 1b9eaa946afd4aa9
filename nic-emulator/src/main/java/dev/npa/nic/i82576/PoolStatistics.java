// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// Counters of one pool (82576 data sheet, 8.28.36 on). The registers are their low 32 bits, run
/// freely and wrap. Octets include the FCS. Loopback frames, from another local function, count in
/// the loopback counters and in those of all frames.
final class PoolStatistics {
  private static final int FCS_BYTES = 4;

  private long goodReceived;
  private long goodReceivedOctets;
  private long multicastReceived;
  private long goodTransmitted;
  private long goodTransmittedOctets;
  private long loopbackReceived;
  private long loopbackReceivedOctets;
  private long loopbackTransmitted;
  private long loopbackTransmittedOctets;
  private long malformed;
  private long forged;
  private long missed;

  /// @param bytes length of the frames together, without FCS
  void received(int frames, int bytes, boolean group, boolean looped) {
    int octets = bytes + frames * FCS_BYTES;
    goodReceived += frames;
    goodReceivedOctets += octets;
    if (group) {
      multicastReceived += frames;
    }
    if (looped) {
      loopbackReceived += frames;
      loopbackReceivedOctets += octets;
    }
  }

  void transmitted(int frames, int bytes) {
    goodTransmitted += frames;
    goodTransmittedOctets += bytes + frames * FCS_BYTES;
  }

  void looped(int frames, int bytes) {
    loopbackTransmitted += frames;
    loopbackTransmittedOctets += bytes + frames * FCS_BYTES;
  }

  /// A transmit frame was dropped because its descriptors made no sense.
  void malformed() {
    malformed++;
  }

  /// Anti-spoofing dropped transmit frames.
  void forged(int frames) {
    forged += frames;
  }

  /// Frames came for a pool that does not receive, or not frames that long.
  void missed(int frames) {
    missed += frames;
  }

  long missedFrames() {
    return missed;
  }

  long malformedFrames() {
    return malformed;
  }

  long forgedFrames() {
    return forged;
  }

  /// The counter at a VF register offset; 0 if there is none.
  int read(int offset) {
    return (int)
        switch (offset) {
          case I82576Registers.VFGPRC -> goodReceived;
          case I82576Registers.VFGPTC -> goodTransmitted;
          case I82576Registers.VFGORC -> goodReceivedOctets;
          case I82576Registers.VFGOTC -> goodTransmittedOctets;
          case I82576Registers.VFMPRC -> multicastReceived;
          case I82576Registers.VFGPRLBC -> loopbackReceived;
          case I82576Registers.VFGPTLBC -> loopbackTransmitted;
          case I82576Registers.VFGORLBC -> loopbackReceivedOctets;
          case I82576Registers.VFGOTLBC -> loopbackTransmittedOctets;
          default -> 0L;
        };
  }
}
