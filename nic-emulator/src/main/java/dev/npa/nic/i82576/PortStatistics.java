// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// Counters of the port (82576 data sheet, 8.18), cleared by reading. A counter of 64 bits is read
/// low half first and cleared by reading its high half.
///
/// GPRC to BPTC count frames from and to the wire, RPTHC and HGPTC those to and from host memory,
/// with frames between local functions. Octets include the FCS.
final class PortStatistics {
  private static final int FIRST = 0x4000;
  private static final int END = 0x4200;
  private static final int FCS_BYTES = 4;
  private static final int WIDE_FIRST = I82576Registers.GORCL;
  private static final int WIDE_END = I82576Registers.GOTCL + 8;
  private static final int HOST_WIDE_FIRST = I82576Registers.HGORCL;
  private static final int HOST_WIDE_END = I82576Registers.HGOTCL + 8;

  private final long[] counters = new long[(END - FIRST) / 4];

  static boolean has(int offset) {
    return offset >= FIRST && offset < END;
  }

  /// Adds one to the counter at a register offset.
  void count(int offset) {
    counters[(offset - FIRST) / 4]++;
  }

  /// Adds so many to the counter at a register offset.
  void count(int offset, int times) {
    add(offset, times);
  }

  void fromWire(int lengthBytes, boolean broadcast, boolean group) {
    count(I82576Registers.GPRC);
    add(I82576Registers.GORCL, lengthBytes + FCS_BYTES);
    if (group) {
      count(broadcast ? I82576Registers.BPRC : I82576Registers.MPRC);
    }
  }

  void toWire(int lengthBytes, boolean broadcast, boolean group) {
    count(I82576Registers.GPTC);
    add(I82576Registers.GOTCL, lengthBytes + FCS_BYTES);
    if (group) {
      count(broadcast ? I82576Registers.BPTC : I82576Registers.MPTC);
    }
  }

  /// @param bytes length of the frames together, without FCS
  void toHost(int frames, int bytes) {
    add(I82576Registers.RPTHC, frames);
    add(I82576Registers.HGORCL, bytes + frames * FCS_BYTES);
  }

  void fromHost(int frames, int bytes) {
    add(I82576Registers.HGPTC, frames);
    add(I82576Registers.HGOTCL, bytes + frames * FCS_BYTES);
  }

  int read(int offset) {
    int index = (offset - FIRST) / 4;
    boolean wide =
        offset >= WIDE_FIRST && offset < WIDE_END
            || offset >= HOST_WIDE_FIRST && offset < HOST_WIDE_END;
    if (wide && offset % 8 == 0) {
      return (int) counters[index];
    }
    int counter = wide ? index - 1 : index;
    long value = counters[counter];
    counters[counter] = 0;
    return (int) (wide ? value >>> 32 : value);
  }

  private void add(int offset, long amount) {
    counters[(offset - FIRST) / 4] += amount;
  }
}
