// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.Device;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.FramePort;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.pci.RegisterFile;
import dev.npa.nic.vmxnet3.Vmxnet3Host.FunctionCounters;
import dev.npa.shell.guest.InterruptController;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Just enough of an 82576 virtual function for its plugin to send and receive.
final class TinyVf implements Device, RegisterFile {
  static final int BAR_BYTES = 0x4000;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int RX = 0x2800;
  private static final int TX = 0x3800;
  private static final int LENGTH = 8;
  private static final int TAIL = 0x18;
  private static final int EIMS = 0x1524;
  private static final int EIMC = 0x1528;
  private static final int BUFFER_BYTES = 2048;

  /// Drops nothing and misses nothing.
  private record Counted(long framesSent, long bytesSent, long framesReceived, long bytesReceived)
      implements FunctionCounters {
    @Override
    public long framesMalformed() {
      return 0;
    }

    @Override
    public long framesForged() {
      return 0;
    }

    @Override
    public long framesMissed() {
      return 0;
    }

    @Override
    public long framesRefused() {
      return 0;
    }
  }

  private final DeviceThread thread;
  private final IommuDomain domain;
  private final InterruptController interrupts;
  private final PciFunction guestFunction;
  private final int[] registers = new int[BAR_BYTES / 4];
  private final byte[] gathered = new byte[16384];
  private FramePort wire;
  private Bar bar;
  private boolean active;
  private boolean stalled;
  private boolean cause;
  private boolean unmasked;
  private int txHead;
  private int rxHead;
  private long framesSent;
  private long bytesSent;
  private long framesReceived;
  private long bytesReceived;
  long lie;
  int messages;

  TinyVf(
      DeviceThread thread,
      IommuDomain domain,
      InterruptController interrupts,
      PciFunction guestFunction) {
    this.thread = thread;
    this.domain = domain;
    this.interrupts = interrupts;
    this.guestFunction = guestFunction;
    this.bar = Bar.unmapped(BAR_BYTES, thread);
  }

  void wire(FramePort newWire) {
    wire = newWire;
  }

  Bar freshBar() {
    bar = new Bar(BAR_BYTES, this, thread);
    txHead = 0;
    rxHead = 0;
    unmasked = false;
    cause = false;
    return bar;
  }

  FunctionCounters counters() {
    return new Counted(framesSent + lie, bytesSent, framesReceived, bytesReceived);
  }

  void activate() {
    framesSent = 0;
    bytesSent = 0;
    framesReceived = 0;
    bytesReceived = 0;
    active = true;
    stalled = false;
  }

  boolean isActive() {
    return active;
  }

  /// Sends nothing any more, as when flow control stops the port.
  void stall() {
    stalled = true;
  }

  /// Finishes what the tail covers, then stops.
  void quiesce() {
    while (poll()) {
      // The ring is finite.
    }
    active = false;
  }

  @Override
  public Kind kind(int offset) {
    return offset == RX + TAIL || offset == TX + TAIL ? Kind.DOORBELL : Kind.SERIALIZED;
  }

  @Override
  public int read32(int offset) {
    return registers[offset / 4];
  }

  @Override
  public void write32(int offset, int value) {
    registers[offset / 4] = value;
    if (offset == EIMS) {
      unmasked |= (value & 1) != 0;
      interrupt();
    } else if (offset == EIMC) {
      unmasked &= (value & 1) == 0;
    }
  }

  private void interrupt() {
    if (cause && unmasked) {
      cause = false;
      unmasked = false; // EIAM
      messages++;
      Bar table = guestFunction.bar(2);
      interrupts.message(Integer.toUnsignedLong(table.read32(0)), table.read32(8));
    }
  }

  @Override
  public boolean poll() {
    if (!active || stalled) {
      return false;
    }
    int tail = bar.doorbell(TX + TAIL);
    boolean sent = false;
    int length = 0;
    int sop = txHead;
    while (txHead != tail) {
      long at = descriptor(TX, txHead, IommuDomain.READ);
      long address = domain.memory().get(LONG, at);
      int command = domain.memory().get(INT, at + 8);
      int bytes = command & 0xFFFF;
      long buffer = translate(address, bytes, IommuDomain.READ);
      MemorySegment.copy(domain.memory(), ValueLayout.JAVA_BYTE, buffer, gathered, length, bytes);
      length += bytes;
      txHead = (txHead + 1) % size(TX);
      if ((command & 1 << 24) != 0) {
        if (!wire.offer(MemorySegment.ofArray(gathered), 0, length)) {
          txHead = sop; // No room there: the frame waits.
          break;
        }
        int sentLength = Math.max(60, length);
        length = 0;
        sop = txHead;
        sent = true;
        framesSent++;
        bytesSent += sentLength;
      }
      if ((command & 1 << 27) != 0) {
        domain.memory().set(INT, at + 12, 1);
        cause = true;
      }
    }
    if (sent) {
      wire.flush();
    }
    interrupt();
    return sent;
  }

  boolean receive(MemorySegment from, long offset, int lengthBytes) {
    if (size(RX) == 0) {
      return false; // The plugin has not set the ring up.
    }
    int needed = (lengthBytes + BUFFER_BYTES - 1) / BUFFER_BYTES;
    int free = (bar.doorbell(RX + TAIL) - rxHead + size(RX)) % size(RX);
    if (free < needed) {
      return false;
    }
    int done = 0;
    while (done < lengthBytes) {
      long at = descriptor(RX, rxHead, IommuDomain.WRITE);
      int part = Math.min(BUFFER_BYTES, lengthBytes - done);
      long buffer = translate(domain.memory().get(LONG, at), part, IommuDomain.WRITE);
      MemorySegment.copy(from, offset + done, domain.memory(), buffer, part);
      done += part;
      domain.memory().set(INT, at + 12, part);
      domain.memory().set(INT, at + 8, done == lengthBytes ? 3 : 1);
      rxHead = (rxHead + 1) % size(RX);
    }
    cause = true;
    framesReceived++;
    bytesReceived += lengthBytes;
    return true;
  }

  void flush() {
    interrupt();
  }

  private int size(int queue) {
    return registers[(queue + LENGTH) / 4] / 16;
  }

  private long descriptor(int queue, int index, int permission) {
    return translate(Integer.toUnsignedLong(registers[queue / 4]) + 16L * index, 16, permission);
  }

  private long translate(long iova, int lengthBytes, int permission) {
    long at = domain.translate(iova, lengthBytes, permission);
    if (at == IommuDomain.FAULT) {
      throw new IllegalStateException("DMA fault at " + Long.toHexString(iova));
    }
    return at;
  }
}
