// SPDX-License-Identifier: GPL-2.0-or-later
package org.kawela.vf;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.SgList;

/// The transmit ring: advanced data descriptors (section 7.2.2.3).
///
/// ```
/// read format   +0 buffer address
///               +8  DTALEN 15:0 | DTYP 23:20 = 3 | EOP 24 | IFCS 25 | RS 27 | DEXT 29
///               +12 PAYLEN 31:14
/// write-back    +12 DD 0, only in descriptors with RS
/// ```
///
/// The device owns the descriptors from head to tail. Frames are written behind the tail, and the
/// tail moves once per burst. So a frame that is in the ring but not behind the tail can still be
/// changed: that is how the last frame of a burst gets its RS bit when the burst ends unexpectedly.
final class KawelaTxRing {
  private static final int DESCRIPTOR_SHIFT = 4;
  private static final int DATA_DESCRIPTOR = 3 << 20;
  private static final int END_OF_PACKET = 1 << 24;
  private static final int INSERT_FCS = 1 << 25;
  private static final long REPORT_STATUS = 1L << 27;
  private static final int EXTENDED = 1 << 29;
  private static final int PAYLEN_SHIFT = 32 + 14;
  private static final int DESCRIPTOR_DONE = 1;
  private static final int MAX_FRAME_BYTES = 9728; // jumbo frames of up to 9.5 KB

  private final DmaRegion ring;
  private final int size;
  private final int mask;
  private final int reportEvery;

  // Descriptors that will report, oldest first, and the number of frames up to each.
  private final int[] reports;
  private final int[] framesAtReport;
  private int reportsWritten;
  private int reportsSeen;

  // Free-running counters; the descriptor is the counter modulo size.
  private int written;
  private int published;
  private int done;

  private int framesWritten;
  private int framesDone;
  private int lastReport; // value of written after the last frame with RS

  KawelaTxRing(DmaRegion ring, int size) {
    this.ring = ring;
    this.size = size;
    this.mask = size - 1;
    this.reportEvery = size >> 2;
    this.reports = new int[size];
    this.framesAtReport = new int[size];
  }

  /// Section 4.5.10: stop the queue, tell it where its ring is, start it.
  void start(MmioRegion registers) {
    for (int i = 0; i < size; i++) {
      ring.write64(i << DESCRIPTOR_SHIFT, 0);
      ring.write64((i << DESCRIPTOR_SHIFT) + 8, 0);
    }
    reportsWritten = 0;
    reportsSeen = 0;
    written = 0;
    published = 0;
    done = 0;
    framesWritten = 0;
    framesDone = 0;
    lastReport = 0;

    registers.write32(KawelaRegisters.TXDCTL, 0); // 8.12
    registers.write32(KawelaRegisters.TDBAL, (int) ring.iova()); // 8.12
    registers.write32(KawelaRegisters.TDBAH, (int) (ring.iova() >>> 32)); // 8.12
    registers.write32(KawelaRegisters.TDLEN, size << DESCRIPTOR_SHIFT); // 8.12
    registers.write32(KawelaRegisters.TDH, 0); // 8.12
    registers.write32(KawelaRegisters.TDT, 0); // 8.12
    registers.write32(
        KawelaRegisters.DCA_TXCTRL, KawelaRegisters.DCA_TXCTRL_STRICT_WRITE_BACK); // 8.13
    registers.write32(KawelaRegisters.TXDCTL, KawelaRegisters.TXDCTL_ENABLE);
  }

  int add(MmioRegion registers, SgList frame, boolean plain, boolean lastPktHint) {
    int answer = NpaPlugin.QUEUED;
    int fragments = frame.numElements();
    if (!plain || frame.totalLength() > MAX_FRAME_BYTES) {
      answer = NpaPlugin.UNSUPPORTED;
    } else if (written - done + fragments >= size) {
      answer = NpaPlugin.NO_SPACE; // A full ring would look empty: one slot stays free.
    } else {
      write(frame, fragments);
    }
    if (lastPktHint) {
      publish(registers);
    }
    return answer;
  }

  private void write(SgList frame, int fragments) {
    // PAYLEN, the length of the whole frame, belongs into the first descriptor; it does no harm in
    // the others.
    long command =
        ((long) frame.totalLength() << PAYLEN_SHIFT) | DATA_DESCRIPTOR | INSERT_FCS | EXTENDED;
    int last = fragments - 1;
    for (int i = 0; i < last; i++) {
      put(frame.iova(i), command | frame.length(i));
    }
    command |= END_OF_PACKET;
    framesWritten++;
    // Often enough that the ring cannot fill up without a report.
    if (written + 1 - lastReport >= reportEvery) {
      command |= REPORT_STATUS;
      expectReport(written, written + 1);
    }
    put(frame.iova(last), command | frame.length(last));
  }

  private void put(long address, long command) {
    int at = (written & mask) << DESCRIPTOR_SHIFT;
    ring.write64(at, address);
    ring.write64(at + 8, command);
    written++;
  }

  private void expectReport(int descriptor, int next) {
    reports[reportsWritten & mask] = descriptor & mask;
    framesAtReport[reportsWritten & mask] = framesWritten;
    reportsWritten++;
    lastReport = next;
  }

  /// Moves the tail behind everything written; the last frame reports.
  private void publish(MmioRegion registers) {
    if (published == written) {
      return;
    }
    if (lastReport != written) {
      int last = (written - 1) & mask;
      int at = (last << DESCRIPTOR_SHIFT) + 8;
      ring.write64(at, ring.read64(at) | REPORT_STATUS); // The device does not have it yet.
      expectReport(last, written);
    }
    published = written;
    // The register write makes the descriptors visible first.
    registers.write32(KawelaRegisters.TDT, written & mask);
  }

  /// Number of frames sent since the last call. Only reporting descriptors are looked at.
  int reap() {
    int frames = framesDone;
    for (int i = 0; i < size; i++) {
      if (reportsSeen == reportsWritten) {
        break;
      }
      int report = reportsSeen & mask;
      int descriptor = reports[report];
      // Acquire: the buffers are given back only after the device is done with them.
      if ((ring.readAcquire32((descriptor << DESCRIPTOR_SHIFT) + 12) & DESCRIPTOR_DONE) == 0) {
        break;
      }
      done += ((descriptor - done) & mask) + 1;
      frames = framesAtReport[report];
      reportsSeen++;
    }
    int newly = frames - framesDone;
    framesDone = frames;
    return newly;
  }
}
