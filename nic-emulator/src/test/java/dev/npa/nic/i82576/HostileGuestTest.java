// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.Bar;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A guest that writes anything anywhere. The device must not fail, write outside what the guest
/// has mapped, or harm the other guests.
class HostileGuestTest {
  private static final int ROUNDS = 400;
  private static final int[] COMMANDS = {
    QueueDriver.WHOLE,
    QueueDriver.DATA,
    TxDescriptor.EOP,
    TxDescriptor.DEXT | TxDescriptor.DTYP_CONTEXT,
    QueueDriver.WHOLE | TxDescriptor.TSE,
    QueueDriver.WHOLE | TxDescriptor.VLE,
    TxDescriptor.DEXT
  };
  private final TestBed bed = new TestBed(3);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void harmsOnlyItself(long seed) {
    Random random = new Random(seed);
    QueueDriver a = bed.driver(1);
    QueueDriver b = bed.driver(2);
    bed.pf.write32(
        I82576Registers.DTXSWC, I82576Registers.DTXSWC_LOOPBACK_ENABLE | 1 << 16 | 1 << 8);
    bed.pf.write32(I82576Registers.VMOLR, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_STRVLAN);
    for (int round = 0; round < ROUNDS; round++) {
      attack(random);
      b.send(frame(mac(0), mac(2), 60 + random.nextInt(1400)));
      byte[] frame = frame(mac(2), mac(1), 60 + round);
      a.send(frame);
      bed.run();
      assertThat(b.receive()).as("round %d", round).contains(frame);
      a.receive();
      bed.wire.take();
    }
  }

  private void attack(Random random) {
    Bar bar = bed.vf(0);
    MemorySegment memory = bed.memory[0].segment();
    int txRing = random.nextInt(1 << 22) & ~0x7F;
    int rxRing = random.nextInt(1 << 22) & ~0x7F;
    for (int i = 0; i < 64; i++) {
      descriptor(memory, txRing + 16L * i, random, true);
      descriptor(memory, rxRing + 16L * i, random, false);
    }
    bar.write32(0x3828, 0);
    bar.write32(0x2828, 0);
    bar.write32(0x3800, txRing);
    bar.write32(0x3808, random.nextInt(128) * 16);
    bar.write32(0x3810, random.nextInt(70));
    bar.write32(0x3838, random.nextInt());
    bar.write32(0x2800, rxRing);
    bar.write32(0x2808, random.nextInt(128) * 16);
    bar.write32(0x280C, random.nextInt());
    bar.write32(0x3828, I82576Registers.DCTL_ENABLE);
    bar.write32(0x2828, I82576Registers.DCTL_ENABLE);
    bar.write32(0x3818, random.nextInt(70));
    bar.write32(0x2818, random.nextInt(70));
    for (int i = 0; i < 8; i++) {
      int offset = random.nextInt(VfRegisters.BAR_BYTES);
      boolean reset = offset < 8; // Would need the PF driver to let the VF in again.
      if (!reset) {
        bar.write32(offset, random.nextInt());
        bar.read32(offset);
      }
    }
    bed.domain[0].map(0, 0, bed.memory[0].sizeBytes(), 1 + random.nextInt(3));
  }

  private static void descriptor(MemorySegment memory, long at, Random random, boolean transmit) {
    if (at > memory.byteSize() - 16) {
      return;
    }
    boolean wild = random.nextInt(16) == 0;
    long address = wild ? random.nextLong() : random.nextInt(1 << 22);
    boolean context = false;
    int command = random.nextInt();
    if (transmit && random.nextInt(8) != 0) {
      int kind = COMMANDS[random.nextInt(COMMANDS.length)];
      context = TxDescriptor.isContext(kind);
      command = kind | random.nextInt(random.nextBoolean() ? 100 : 1 << 16);
      command |= context ? random.nextInt(4) << 10 : random.nextInt(2) << 27;
    }
    if (context) {
      address = (long) random.nextInt(1 << 16) << 16 | 14 << 9 | 20;
    }
    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, address);
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + 8, command);
    memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + 12, random.nextInt());
  }
}
