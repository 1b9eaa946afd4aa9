// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.SortedMap;

/// Driver code as vendors write it, without a thought of the verifier.
final class HonestSources {
  static final String IGB = "acme/igb/IgbPlugin";

  private HonestSources() {}

  /// Write-back descriptor rings in the manner of the 82576: ownership bit per descriptor, masks,
  /// context descriptors, tail registers.
  static SortedMap<String, byte[]> igb() {
    return Javac.compile(
        """
        package acme.igb;

        import dev.npa.plugin.DmaRegion;
        import dev.npa.plugin.RecvFrame;
        import dev.npa.plugin.RxQueueHandle;
        import dev.npa.plugin.ShellApi;

        final class RxRing {
          private static final int DESCRIPTOR_BYTES = 16;
          private static final int STATUS = 8;
          private static final int DD = 1;
          private static final int EOP = 2;
          private final DmaRegion ring;
          private final RxQueueHandle handle;
          private final int mask;
          private final long[] iovas;
          private int head;
          private int tail;

          RxRing(DmaRegion ring, RxQueueHandle handle, int size) {
            this.ring = ring;
            this.handle = handle;
            this.mask = size - 1;
            this.iovas = new long[size];
          }

          void reset() {
            for (int offset = 0; offset < ring.sizeBytes(); offset += 8) {
              ring.write64(offset, 0);
            }
            for (int i = 0; i < iovas.length; i++) {
              iovas[i] = 0;
            }
            head = 0;
            tail = 0;
          }

          int fill(ShellApi shell) {
            int filled = 0;
            while (((tail + 1) & mask) != head) {
              long iova = shell.allocSmallBuffer(handle, tail);
              if (iova == 0) {
                break;
              }
              iovas[tail] = iova;
              ring.write64(tail * DESCRIPTOR_BYTES, iova);
              ring.writeRelease64(tail * DESCRIPTOR_BYTES + STATUS, 0L);
              tail = tail + 1 & mask;
              filled++;
            }
            return filled;
          }

          int poll(ShellApi shell, RecvFrame frame, int budget) {
            int frames = 0;
            boolean open = false;
            while (frames < budget) {
              long status = ring.readAcquire64(head * DESCRIPTOR_BYTES + STATUS);
              if ((status & DD) == 0) {
                break;
              }
              if (!open) {
                frame.begin();
                open = true;
              }
              frame.addSg(head, (int) (status >>> 32) & 0xFFFF);
              head = head + 1 & mask;
              if ((status & EOP) != 0) {
                describe(frame, (int) status);
                shell.indicateRecv(handle, frame);
                open = false;
                frames++;
              }
            }
            return frames;
          }

          private static void describe(RecvFrame frame, int status) {
            boolean ok = (status & 0x20) == 0;
            int xsum = ok ? RecvFrame.XSUM_CORRECT : RecvFrame.XSUM_INCORRECT;
            switch (status >>> 8 & 7) {
              case 1:
                frame.ipv4(xsum);
                break;
              case 2:
                frame.ipv6();
                break;
              case 3:
                frame.ipv4(xsum);
                frame.tcp(xsum);
                break;
              case 5:
                frame.ipv4(xsum);
                frame.udp(xsum);
                break;
              default:
                break;
            }
          }

          int tail() {
            return tail;
          }
        }
        """,
        """
        package acme.igb;

        import dev.npa.plugin.*;

        public final class IgbPlugin implements NpaPlugin {
          private static final int VTEIMS = 0x1524;
          private static final int VTEIMC = 0x1528;
          private static final int RDT = 0x2818;
          private static final int TDT = 0x3818;
          private static final long CMD = 0x0B00_0000L | 1L << 29;
          private static final String HELLO = "igb up, queues: ";

          private RxRing[] rx;
          private TxRing[] tx;

          private static final class TxRing {
            private final DmaRegion ring;
            private final TxQueueHandle handle;
            private final int mask;
            private final int[] lastOfFrame;
            private int head;
            private int tail;
            private int published;

            private TxRing(TxQueue queue) {
              ring = queue.ring();
              handle = queue.handle();
              mask = queue.ringSize() - 1;
              lastOfFrame = new int[queue.ringSize()];
            }

            private int space() {
              return head - tail - 1 & mask;
            }
          }

          @Override
          public int swInit(PluginState ps) {
            rx = new RxRing[ps.numRxQueues()];
            for (int q = 0; q < rx.length; q++) {
              RxQueue queue = ps.rxQueue(q);
              rx[q] = new RxRing(queue.ring(), queue.handle(), queue.ringSize());
            }
            tx = new TxRing[ps.numTxQueues()];
            for (int q = 0; q < ps.numTxQueues(); q++) {
              tx[q] = new TxRing(ps.txQueue(q));
            }
            ps.shellApi().log(ShellApi.LOG_INFO, HELLO, rx.length + tx.length);
            return OK;
          }

          @Override
          public int reinitRxRing(PluginState ps, int queue) {
            rx[queue].reset();
            return OK;
          }

          @Override
          public int reinitTxRing(PluginState ps, int queue) {
            TxRing ring = tx[queue];
            for (int i = 0; i <= ring.mask; ++i) {
              ring.ring.write64(i * 16, 0);
              ring.ring.write64(i * 16 + 8, 0);
              ring.lastOfFrame[i] = -1;
            }
            ring.head = ring.tail = ring.published = 0;
            return OK;
          }

          @Override
          public int enableInterrupt(PluginState ps, int intrIdx) {
            ps.mmio().write32(VTEIMS, 1 << intrIdx);
            return OK;
          }

          @Override
          public int disableInterrupt(PluginState ps, int intrIdx) {
            ps.mmio().write32(VTEIMC, 1 << intrIdx);
            return OK;
          }

          @Override
          public int addFrameToTxRing(
              PluginState ps, int queue, SendInfo info, SgList sgl, boolean lastPktHint) {
            TxRing ring = tx[queue];
            int result = enqueue(ring, info, sgl);
            if (lastPktHint && ring.published != ring.tail) {
              ring.published = ring.tail;
              ps.mmio().write32(TDT + queue * 0x100, ring.tail);
            }
            return result;
          }

          private int enqueue(TxRing ring, SendInfo info, SgList sgl) {
            if (info.tso() && info.ipv6()) {
              return UNSUPPORTED;
            }
            int needed = sgl.numElements() + (info.plain() ? 0 : 1);
            if (needed > ring.space()) {
              return NO_SPACE;
            }
            int first = ring.tail;
            if (!info.plain()) {
              ring.ring.write64(first * 16, (long) info.vlanTag() << 16 | info.l4HeaderOffset());
              ring.ring.write64(first * 16 + 8, 0x2000_0000L | (long) info.tsoMss() << 48);
              first = first + 1 & ring.mask;
            }
            int at = first;
            for (int i = 0; i < sgl.numElements(); i++) {
              boolean last = i == sgl.numElements() - 1;
              ring.ring.write64(at * 16, sgl.iova(i));
              ring.ring.write64(at * 16 + 8, CMD | sgl.length(i) | (last ? 1L << 24 : 0));
              at = at + 1 & ring.mask;
            }
            ring.lastOfFrame[first] = at - 1 & ring.mask;
            ring.tail = at;
            return QUEUED;
          }

          @Override
          public int checkTxRing(PluginState ps, int queue) {
            TxRing ring = tx[queue];
            int done = 0;
            for (int at = ring.head; at != ring.tail; ) {
              int last = ring.lastOfFrame[at];
              if (last < 0 || (ring.ring.readAcquire32(last * 16 + 12) & 1) == 0) {
                break;
              }
              at = last + 1 & ring.mask;
              ring.head = at;
              done++;
            }
            if (done != 0) {
              ps.shellApi().completeSend(ring.handle, done);
            }
            return done;
          }

          @Override
          public int checkRxRing(PluginState ps, int queue, int maxPkts) {
            return rx[queue].poll(
                ps.shellApi(), ps.rxQueue(queue).recvFrame(), Math.min(maxPkts, 256));
          }

          @Override
          public int addBuffersToRxRing(PluginState ps, int queue) {
            if (rx[queue].fill(ps.shellApi()) > 0) {
              ps.mmio().write32(RDT + queue * 0x100, rx[queue].tail());
            }
            return OK;
          }
        }
        """);
  }
}
