// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.host.RegisterTrap;
import dev.npa.shell.guest.GuestStack;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A plugin with rings of 64 and nothing behind its registers: the test plays the device by hand.
public final class PluginRig implements GuestStack, RegisterTrap {
  public static final int RING = 64;
  public static final long TX_RING = 0x10000;
  public static final long RX_RING = 0x20000;

  private static final long SMALL = 0x100000;
  private static final long LARGE = 0x180000;
  private static final long TX_BUFFERS = 0x1C0000;
  private static final int ASSEMBLY = 0x40000;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  public final MemorySegment memory = Arena.ofAuto().allocate(0x300000, 4096);
  public final Map<Integer, Integer> registers = new HashMap<>();
  public final List<Integer> writes = new ArrayList<>();
  public final List<byte[]> received = new ArrayList<>();
  public final BufferPool small = new BufferPool(SMALL, 128, 2048);
  public final BufferPool large = new BufferPool(LARGE, 32, 4096);
  public final TxLedger tx = new TxLedger(memory, TX_BUFFERS, 64, 16384, 128);
  public final RxLedger rx;
  public final PacketPath path;

  public PluginRig(NpaPlugin plugin) {
    Traffic traffic = new Traffic();
    rx = new RxLedger(memory, small, large, RING, ASSEMBLY, 16384, 256, traffic);
    DataPaths.QueuePair queues =
        new DataPaths.QueuePair(
            new RegisterWindow(Arena.ofAuto().allocate(0x4000, 4096), new long[0x4000 / 256], this),
            region(RX_RING),
            RING,
            region(TX_RING),
            RING,
            region(0x30000));
    path = DataPaths.ofRegion(plugin, queues, new int[32], rx, tx, traffic);
  }

  /// A rig whose plugin is initialised and whose rings are set up.
  public static PluginRig ready(NpaPlugin plugin) {
    PluginRig rig = new PluginRig(plugin);
    if (!rig.path.init() || !rig.path.reset()) {
      throw new AssertionError("the plugin did not start: " + rig.path.fault());
    }
    return rig;
  }

  private DmaRegion region(long address) {
    return new DmaRegion(memory.asSlice(address, 64 * RING + 8192), address);
  }

  public int read32(long address) {
    return memory.get(INT, address);
  }

  public long read64(long address) {
    return memory.get(LONG, address);
  }

  public void write32(long address, int value) {
    memory.set(INT, address, value);
  }

  @Override
  public void write32(int offset, int value) {
    registers.put(offset, value);
    writes.add(offset);
  }

  @Override
  public void doorbellRung() {
    throw new AssertionError("no register of this rig is a doorbell");
  }

  /// Queues a frame for sending, whose bytes all have its number.
  public void enqueue(int lengthBytes, int number) {
    int buffer = tx.takeBuffer();
    memory.asSlice(tx.bufferOffset(buffer), lengthBytes).fill((byte) number);
    if (!tx.enqueue(buffer, lengthBytes)) {
      throw new AssertionError("the queue is full");
    }
  }

  /// Queues and hands over `count` frames.
  public int send(int count, int lengthBytes) {
    for (int i = 0; i < count; i++) {
      enqueue(lengthBytes, i);
    }
    return path.transmit();
  }

  public int poll() {
    return path.poll(64, this);
  }

  @Override
  public void receive(MemorySegment from, long offset, int lengthBytes) {
    received.add(from.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public void receiveDone() {}
}
