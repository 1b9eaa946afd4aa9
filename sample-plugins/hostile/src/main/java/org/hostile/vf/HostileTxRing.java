// SPDX-License-Identifier: GPL-2.0-or-later
package org.hostile.vf;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.SgList;

/// A transmit ring of advanced data descriptors (82576 data sheet, 7.2.2.3), each of which reports.
/// For frames of one fragment.
final class HostileTxRing {
  private static final int TDBAL = 0x3800;
  private static final int TDBAH = 0x3804;
  private static final int TDLEN = 0x3808;
  private static final int TDH = 0x3810;
  private static final int TDT = 0x3818;
  private static final int TXDCTL = 0x3828;
  private static final int ENABLE = 1 << 25;

  /// EOP, IFCS, RS, DEXT, DTYP = data.
  private static final int COMMAND = 1 << 24 | 1 << 25 | 1 << 27 | 1 << 29 | 3 << 20;

  private static final int LENGTH_MASK = 0xFFFF;
  private static final int DONE = 1;
  private static final long NOT_GRANTED = 0x10;

  private final DmaRegion ring;
  private final int size;
  private int written;
  private int done;

  HostileTxRing(DmaRegion ring, int size) {
    this.ring = ring;
    this.size = size;
  }

  void start(MmioRegion registers) {
    for (int i = 0; i < 2 * size; i++) {
      ring.write64(8 * i, 0);
    }
    written = 0;
    done = 0;
    registers.write32(TXDCTL, 0);
    registers.write32(TDBAL, (int) ring.iova());
    registers.write32(TDBAH, (int) (ring.iova() >>> 32));
    registers.write32(TDLEN, 16 * size);
    registers.write32(TDH, 0);
    registers.write32(TDT, 0);
    registers.write32(TXDCTL, ENABLE);
  }

  int add(MmioRegion registers, SgList frame, boolean lastPktHint, int misdeed) {
    int answer = NpaPlugin.QUEUED;
    if (written - done >= size - 1) {
      answer = NpaPlugin.NO_SPACE;
    } else if (misdeed == Misdeed.COMPLETES_UNSENT) {
      return answer;
    } else {
      put(frame, misdeed);
      if (misdeed == Misdeed.SENDS_AGAIN && written - done < size - 1) {
        put(frame, misdeed);
      }
    }
    if (lastPktHint && misdeed != Misdeed.NEVER_RINGS) {
      registers.write32(TDT, misdeed == Misdeed.ABSURD_DOORBELL ? -1 : written % size);
    }
    return answer;
  }

  private void put(SgList frame, int misdeed) {
    int at = written % size * 16;
    int length = frame.length(0);
    if (misdeed == Misdeed.SENDS_TOO_MUCH) {
      length += 100;
    } else if (misdeed == Misdeed.SENDS_TOO_LITTLE) {
      length -= 10;
    } else if (misdeed == Misdeed.OVERLONG_DESCRIPTOR) {
      length = LENGTH_MASK;
    }
    ring.write64(at, misdeed == Misdeed.FORGES_TX_ADDRESS ? NOT_GRANTED : frame.iova(0));
    ring.write64(at + 8, (long) length << 46 | COMMAND | length & LENGTH_MASK);
    written++;
  }

  void ring(MmioRegion registers) {
    registers.write32(TDT, written % size);
  }

  /// Number of frames sent since the last call.
  int reap() {
    int frames = 0;
    while (done != written && (ring.readAcquire32(done % size * 16 + 12) & DONE) != 0) {
      done++;
      frames++;
    }
    return frames;
  }

  int pretendAllSent() {
    reap();
    return 1;
  }
}
