// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.DCTL_ENABLE;
import static dev.npa.nic.i82576.I82576Registers.RDBAH;
import static dev.npa.nic.i82576.I82576Registers.RDBAL;
import static dev.npa.nic.i82576.I82576Registers.RDLEN;
import static dev.npa.nic.i82576.I82576Registers.RDT;
import static dev.npa.nic.i82576.I82576Registers.RXDCTL;
import static dev.npa.nic.i82576.I82576Registers.SRRCTL;
import static dev.npa.nic.i82576.I82576Registers.TDBAH;
import static dev.npa.nic.i82576.I82576Registers.TDBAL;
import static dev.npa.nic.i82576.I82576Registers.TDH;
import static dev.npa.nic.i82576.I82576Registers.TDLEN;
import static dev.npa.nic.i82576.I82576Registers.TDT;
import static dev.npa.nic.i82576.I82576Registers.TXDCTL;
import static dev.npa.nic.i82576.I82576Registers.VF_RX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.VF_TX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.VTEIAC;
import static dev.npa.nic.i82576.I82576Registers.VTEIAM;
import static dev.npa.nic.i82576.I82576Registers.VTEIMS;
import static dev.npa.nic.i82576.I82576Registers.VTIVAR;

import dev.npa.hypervisor.vswitch.Frames;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.Bar;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Plays the plugin of an 82576 VF: one queue pair of 64 descriptors in guest memory.
public final class VfRings {
  public static final int SIZE_BYTES = 0x6_0000;

  private static final int DESCRIPTORS = 64;
  private static final int BUFFER_BYTES = 2048;
  private static final int RX_RING = 0x1000;
  private static final int TX_BUFFERS = 0x1_0000;
  private static final int RX_BUFFERS = 0x4_0000;

  private final Bar bar;
  private final MemorySegment memory;
  private final long base;
  private final boolean[] reported = new boolean[DESCRIPTORS];
  private int txTail;
  private int txDone;
  private int rxNext;

  /// @param base guest-physical address of `SIZE_BYTES` for rings and buffers
  public VfRings(Bar bar, GuestMemory memory, long base) {
    this.bar = bar;
    this.memory = memory.segment();
    this.base = base;
  }

  /// As in 82576 data sheet, 4.5.9 and 4.5.10, for a VF.
  public void start() {
    for (int i = 0; i < DESCRIPTORS; i++) {
      giveRx(i);
    }
    bar.write32(VF_TX_QUEUE + TDLEN, DESCRIPTORS * 16);
    bar.write32(VF_TX_QUEUE + TDBAL, (int) base);
    bar.write32(VF_TX_QUEUE + TDBAH, 0);
    bar.write32(VF_TX_QUEUE + TDH, 0);
    bar.write32(VF_TX_QUEUE + TDT, 0);
    bar.write32(VF_TX_QUEUE + TXDCTL, DCTL_ENABLE);
    bar.write32(VF_RX_QUEUE + SRRCTL, 0x8200_0002);
    bar.write32(VF_RX_QUEUE + RDBAL, (int) base + RX_RING);
    bar.write32(VF_RX_QUEUE + RDBAH, 0);
    bar.write32(VF_RX_QUEUE + RDLEN, DESCRIPTORS * 16);
    bar.write32(VF_RX_QUEUE + RXDCTL, DCTL_ENABLE);
    bar.write32(VF_RX_QUEUE + RDT, DESCRIPTORS - 1);
    bar.write32(VTIVAR, 0x0A0A_8080);
    bar.write32(VTEIAC, 7);
    bar.write32(VTEIAM, 7);
    bar.write32(VTEIMS, 1);
  }

  /// Hands frames over with one doorbell; completion is requested on the last.
  public void send(List<String> frames) {
    queue(frames);
    bar.write32(VF_TX_QUEUE + TDT, txTail);
  }

  /// Writes frames into the ring without a doorbell.
  public void queue(List<String> frames) {
    for (int i = 0; i < frames.size(); i++) {
      byte[] bytes = HexFormat.of().parseHex(frames.get(i));
      long buffer = base + TX_BUFFERS + (long) txTail * BUFFER_BYTES;
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, buffer, bytes.length);
      queueAt(buffer, bytes.length, i == frames.size() - 1);
    }
  }

  /// Hands over one frame at any address.
  public void sendFrom(long buffer, int lengthBytes) {
    queueAt(buffer, lengthBytes, true);
    bar.write32(VF_TX_QUEUE + TDT, txTail);
  }

  private void queueAt(long buffer, int lengthBytes, boolean report) {
    long descriptor = base + 16L * txTail;
    int command = HostRings.TX_DATA_FRAME | (report ? HostRings.TX_REPORT : 0) | lengthBytes;
    memory.set(HostRings.LONG, descriptor, buffer);
    memory.set(HostRings.INT, descriptor + 8, command);
    memory.set(HostRings.INT, descriptor + 12, lengthBytes << 14);
    reported[txTail] = report;
    txTail = (txTail + 1) % DESCRIPTORS;
  }

  /// How many frames have been reported done since the last call.
  public int completed() {
    int done = 0;
    int seen = 0;
    for (int i = txDone; i != txTail; i = (i + 1) % DESCRIPTORS) {
      seen++;
      if (reported[i]) {
        if ((memory.get(HostRings.INT, base + 16L * i + 12) & 1) == 0) {
          break;
        }
        done = seen;
      }
    }
    txDone = (txDone + done) % DESCRIPTORS;
    return done;
  }

  /// What has been received since the last call.
  public List<String> received() {
    List<String> frames = new ArrayList<>();
    while ((memory.get(HostRings.INT, rx(rxNext) + 8) & 1) != 0) {
      int lengthBytes = memory.get(HostRings.INT, rx(rxNext) + 12) & 0xFFFF;
      frames.add(Frames.text(memory, rxBuffer(rxNext), lengthBytes));
      giveRx(rxNext);
      bar.write32(VF_RX_QUEUE + RDT, rxNext);
      rxNext = (rxNext + 1) % DESCRIPTORS;
    }
    return frames;
  }

  private void giveRx(int index) {
    memory.set(HostRings.LONG, rx(index), rxBuffer(index));
    memory.set(HostRings.LONG, rx(index) + 8, 0);
  }

  private long rx(int index) {
    return base + RX_RING + 16L * index;
  }

  private long rxBuffer(int index) {
    return base + RX_BUFFERS + (long) index * BUFFER_BYTES;
  }
}
