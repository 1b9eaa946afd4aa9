// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import static dev.npa.shell.datapath.PluginRig.RING;
import static dev.npa.shell.datapath.PluginRig.RX_RING;
import static dev.npa.shell.datapath.PluginRig.TX_RING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.shell.datapath.Fault;
import dev.npa.shell.datapath.PluginRig;
import org.junit.jupiter.api.Test;
import org.kawela.vf.KawelaPlugin;

/// The device side of the rings, written by hand from the data sheet.
final class KawelaPluginTest {
  private static final int RDT = 0x2818;
  private static final int TDT = 0x3818;
  private static final int RS = 1 << 27;
  private static final int EOP = 1 << 24;
  private static final int DATA = 0x2230_0000; // DEXT, IFCS, DTYP 3

  private final PluginRig rig = PluginRig.ready(new KawelaPlugin());

  private int command(int slot) {
    return rig.read32(TX_RING + 16L * slot + 8);
  }

  private void done(int slot) {
    rig.write32(TX_RING + 16L * slot + 12, 1);
  }

  private long bufferAt(int slot) {
    return rig.read64(RX_RING + 16L * slot);
  }

  private void receive(int slot, int length, int status) {
    rig.write32(RX_RING + 16L * slot, 0);
    rig.write32(RX_RING + 16L * slot + 12, length);
    rig.write32(RX_RING + 16L * slot + 8, status);
  }

  @Test
  void programsTheRingsAndEnablesTheQueuesLast() {
    assertThat(rig.registers)
        .containsEntry(0x2800, (int) RX_RING)
        .containsEntry(0x2804, 0)
        .containsEntry(0x2808, 1024)
        .containsEntry(0x280C, 0x82000002)
        .containsEntry(0x2828, 0x02010810)
        .containsEntry(0x3800, (int) TX_RING)
        .containsEntry(0x3808, 1024)
        .containsEntry(0x3828, 0x02000000)
        .containsEntry(0x1700, 0x8080)
        .containsEntry(RDT, 63);
    assertThat(rig.writes.lastIndexOf(0x2828)).isGreaterThan(rig.writes.indexOf(0x2808));
    assertThat(rig.writes.lastIndexOf(RDT)).isGreaterThan(rig.writes.lastIndexOf(0x2828));
  }

  @Test
  void reportsOnTheLastFrameOfABurstAndMovesTheTailOnce() {
    rig.writes.clear();
    rig.send(3, 100);

    assertThat(command(0)).isEqualTo(DATA | EOP | 100);
    assertThat(command(1)).isEqualTo(DATA | EOP | 100);
    assertThat(command(2)).isEqualTo(DATA | EOP | RS | 100);
    assertThat(rig.read32(TX_RING + 12)).isEqualTo(100 << 14);
    assertThat(rig.writes).containsExactly(TDT);
    assertThat(rig.registers).containsEntry(TDT, 3);
  }

  @Test
  void splitsLongFramesAndTellsTheWholeLength() {
    rig.send(1, 9014);

    assertThat(command(0)).isEqualTo(DATA | 4096);
    assertThat(command(2)).isEqualTo(DATA | EOP | RS | 822);
    assertThat(rig.read32(TX_RING + 12) >>> 14).isEqualTo(9014);
  }

  @Test
  void publishesEarlierFramesOfABurstWhenALaterOneDoesNotFit() {
    for (int i = 0; i < 20; i++) {
      rig.send(1, 9014); // 3 descriptors each: 60 of 63
    }
    done(2);
    rig.poll(); // 57
    rig.writes.clear();

    int queued = rig.send(3, 9014); // room for two: 63

    assertThat(queued).isEqualTo(2);
    assertThat(rig.writes).containsExactly(TDT);
    assertThat(command((60 + 6 - 1) % RING) & RS).isNotZero();
    assertThat(rig.tx.waiting()).isEqualTo(1);
  }

  @Test
  void reapsOnlyWhatTheDeviceReported() {
    rig.send(3, 60);
    rig.send(2, 60);
    assertThat(rig.poll()).isZero();

    done(2);
    assertThat(rig.poll()).isEqualTo(3);
    done(4);
    assertThat(rig.poll()).isEqualTo(2);
    assertThat(rig.poll()).isZero();
  }

  @Test
  void sendsThroughManyWraps() {
    for (int i = 0; i < 5 * RING; i++) {
      rig.send(1, 60);
      assertThat(rig.registers).containsEntry(TDT, (i + 1) % RING);
      assertThat(rig.poll()).isZero();
      done(i % RING);
      assertThat(rig.poll()).isEqualTo(1);
    }
  }

  @Test
  void receivesThroughManyWraps() {
    for (int i = 0; i < 7 * RING; i++) {
      int slot = i % RING;
      rig.memory.asSlice(bufferAt(slot), 64).fill((byte) i);
      receive(slot, 64, 3);
      assertThat(rig.poll()).isEqualTo(1);
      assertThat(rig.received.getLast()).hasSize(64).containsOnly((byte) i);
      assertThat(rig.registers).containsEntry(RDT, (i + RING) % RING);
    }
    assertThat(rig.small.free()).isEqualTo(128 - 63);
  }

  @Test
  void leavesDescriptorToDeviceUntilDoneIsSet() {
    receive(0, 64, 2);
    receive(1, 64, 3);

    assertThat(rig.poll()).isZero();
  }

  @Test
  void joinsBuffersUpToEndOfPacketEvenOverTwoPolls() {
    rig.memory.asSlice(bufferAt(0), 2048).fill((byte) 1);
    rig.memory.asSlice(bufferAt(1), 2048).fill((byte) 2);
    receive(0, 2048, 1);
    assertThat(rig.poll()).isZero();
    receive(1, 100, 3);

    assertThat(rig.poll()).isEqualTo(1);
    assertThat(rig.received.getFirst()).hasSize(2148).startsWith(1).endsWith(2);
  }

  @Test
  void usesTheBuffersOfABadFrameAgain() {
    long buffer = bufferAt(0);
    receive(0, 64, 3 | 1 << 29);
    for (int slot = 1; slot < RING; slot++) {
      rig.poll();
      receive(slot, 64, 3);
    }
    rig.poll();

    assertThat(rig.received).hasSize(RING - 1);
    assertThat(bufferAt(0)).isEqualTo(buffer);
    assertThat(rig.path.fault()).isEqualTo(Fault.NONE);
  }

  @Test
  void enablesOnlyVectorsThatExist() {
    rig.writes.clear();
    rig.path.enableInterrupt(0);
    rig.path.disableInterrupt(0);
    rig.path.enableInterrupt(3);

    assertThat(rig.writes).containsExactly(0x1524, 0x1528);
    assertThat(rig.registers).containsEntry(0x1524, 1);
  }
}
