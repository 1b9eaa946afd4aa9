// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import static dev.npa.shell.datapath.PluginRig.RING;
import static dev.npa.shell.datapath.PluginRig.RX_RING;
import static dev.npa.shell.datapath.PluginRig.TX_RING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.shell.datapath.Fault;
import dev.npa.shell.datapath.PluginRig;
import org.junit.jupiter.api.Test;

/// The device side of the rings, written by hand from the reference.
final class Vmxnet3PluginTest {
  private static final int TXPROD = 0x600;
  private static final int RXPROD = 0x800;
  private static final int RXPROD2 = 0xA00;
  private static final int GEN = 1 << 14;
  private static final int EOP = 1 << 12;
  private static final int CQ = 1 << 13;
  private static final int COMP_GEN = 1 << 31;
  private static final int FCS = 1 << 23;
  private static final int ERROR = 1 << 14;

  private final PluginRig rig = PluginRig.ready(new Vmxnet3Plugin());
  private int txComp;
  private int rxComp;

  private int txWord(int slot, int offset) {
    return rig.read32(TX_RING + 16L * slot + offset);
  }

  private void completeTx(int eop) {
    long at = TX_RING + 16 * RING + 16L * (txComp % RING);
    rig.write32(at, eop);
    rig.write32(at + 12, txComp / RING % 2 == 0 ? COMP_GEN : 0);
    txComp++;
  }

  private void receive(int ring, int slot, int length, int flags, int word3) {
    long at = RX_RING + 32 * RING + 16L * (rxComp % (2 * RING));
    rig.write32(at, slot | flags | ring << 16);
    rig.write32(at + 8, length);
    rig.write32(at + 12, word3 | (rxComp / (2 * RING) % 2 == 0 ? COMP_GEN : 0));
    rxComp++;
  }

  private static final int WHOLE = 3 << 14;

  @Test
  void publishesABurstWithItsFirstGenerationBitAndOneDoorbell() {
    rig.send(3, 100);

    for (int slot = 0; slot < 3; slot++) {
      assertThat(txWord(slot, 8)).isEqualTo(100 | GEN);
    }
    assertThat(txWord(0, 12)).isEqualTo(EOP);
    assertThat(txWord(1, 12)).isEqualTo(EOP);
    assertThat(txWord(2, 12)).isEqualTo(EOP | CQ);
    assertThat(rig.registers).containsEntry(TXPROD, 3);
    assertThat(rig.writes.stream().filter(w -> w == TXPROD)).hasSize(1);
  }

  @Test
  void splitsLongFramesOverDescriptors() {
    rig.send(1, 9014);

    assertThat(txWord(0, 8)).isEqualTo(4096 | GEN);
    assertThat(txWord(0, 12)).isZero();
    assertThat(txWord(2, 8)).isEqualTo(9014 - 8192 | GEN);
    assertThat(txWord(2, 12)).isEqualTo(EOP | CQ);
  }

  @Test
  void keepsOneSlotFreeAndPublishesWhatFits() {
    for (int i = 0; i < 15; i++) {
      rig.send(1, 16384); // 4 descriptors each
    }
    assertThat(rig.tx.inFlight()).isEqualTo(15);

    rig.send(1, 16384);

    assertThat(rig.tx.inFlight()).isEqualTo(15);
    assertThat(rig.tx.waiting()).isEqualTo(1);
    assertThat(rig.registers).containsEntry(TXPROD, 60);
    assertThat(rig.path.fault()).isEqualTo(Fault.NONE);
  }

  @Test
  void publishesEarlierFramesOfABurstWhenALaterOneDoesNotFit() {
    rig.send(14, 16384); // 56 of 63 descriptors
    completeTx(3);
    rig.poll();
    rig.send(2, 16384); // slots 56..63: 52 + 8 = 60 in use
    completeTx(7);
    rig.poll();
    rig.writes.clear();

    int queued = rig.send(3, 16384); // room for one: 56 + 4 = 60

    assertThat(queued).isEqualTo(1);
    assertThat(txWord(3, 12)).isEqualTo(EOP | CQ);
    assertThat(rig.writes).containsExactly(TXPROD);
  }

  @Test
  void requestsACompletionEveryQuarterOfTheRing() {
    rig.send(9, 8192); // 2 descriptors each

    assertThat(txWord(15, 12)).isEqualTo(EOP | CQ);
    assertThat(txWord(13, 12)).isEqualTo(EOP);
    assertThat(txWord(17, 12)).isEqualTo(EOP | CQ);
  }

  @Test
  void completesAllFramesUpToTheReportedOne() {
    rig.send(5, 60);
    completeTx(4);

    rig.poll();

    assertThat(rig.tx.inFlight()).isZero();
    assertThat(rig.path.traffic().framesSent()).isEqualTo(5);
    assertThat(rig.path.traffic().bytesSent()).isEqualTo(300);
  }

  @Test
  void flipsGenerationsAtEveryWrapOfBothRings() {
    for (int i = 0; i < 5 * RING; i++) {
      rig.send(1, 60);
      int slot = i % RING;
      assertThat(txWord(slot, 8) & GEN).isEqualTo(i / RING % 2 == 0 ? GEN : 0);
      completeTx(slot);
      assertThat(rig.poll()).isEqualTo(1);
    }
    assertThat(rig.poll()).isZero();
  }

  @Test
  void fillsBothReceiveRingsButOneSlot() {
    assertThat(rig.registers).containsEntry(RXPROD, 63).containsEntry(RXPROD2, 32);
    assertThat(rig.read32(RX_RING + 8)).isEqualTo(2048 | COMP_GEN);
    assertThat(rig.read32(RX_RING + 16 * RING + 8)).isEqualTo(4096 | GEN | COMP_GEN);
    assertThat(rig.read64(RX_RING + 63 * 16)).isZero();
    assertThat(rig.small.free()).isEqualTo(128 - 63);
  }

  @Test
  void receivesThroughManyWraps() {
    for (int i = 0; i < 7 * RING; i++) {
      int slot = i % RING;
      int word2 = rig.read32(RX_RING + 16L * slot + 8);
      assertThat(word2 & COMP_GEN).as("slot %s", i).isEqualTo(i / RING % 2 == 0 ? COMP_GEN : 0);
      rig.memory.asSlice(rig.read64(RX_RING + 16L * slot), 64).fill((byte) i);
      receive(0, slot, 64, WHOLE, FCS);
      assertThat(rig.poll()).isEqualTo(1);
      assertThat(rig.received.getLast()).hasSize(64).containsOnly((byte) i);
    }
    assertThat(rig.small.free()).isEqualTo(128 - 63);
  }

  @Test
  void joinsHeadAndBodyBuffersEvenOverTwoPolls() {
    rig.memory.asSlice(rig.read64(RX_RING), 2048).fill((byte) 1);
    rig.memory.asSlice(rig.read64(RX_RING + 16 * RING), 4096).fill((byte) 2);
    receive(0, 0, 2048, 1 << 15, 0);
    assertThat(rig.poll()).isZero();
    receive(1, 0, 4000, 1 << 14, FCS);

    assertThat(rig.poll()).isEqualTo(1);

    assertThat(rig.received.getFirst()).hasSize(6048).startsWith(1, 1).endsWith(2, 2);
  }

  @Test
  void postsBuffersAgainThatTheDevicePassedOverOrReportedBad() {
    long first = rig.read64(RX_RING);
    receive(0, 0, 64 | ERROR, WHOLE, 0); // wrong FCS
    receive(0, 1, 0, WHOLE, FCS); // passed over
    receive(0, 3, 64, WHOLE, FCS); // slot 2 skipped silently
    assertThat(rig.poll()).isEqualTo(1);
    assertThat(rig.received).hasSize(1);

    // One lap later the same buffer is in slot 0.
    for (int slot = 4; slot < RING; slot++) {
      receive(0, slot, 64, WHOLE, FCS);
      rig.poll();
    }
    assertThat(rig.read64(RX_RING)).isEqualTo(first);
    assertThat(rig.read32(RX_RING + 8) & COMP_GEN).isZero();
    assertThat(rig.path.fault()).isEqualTo(Fault.NONE);
    assertThat(rig.small.free()).isEqualTo(128 - 63);
  }

  @Test
  void stopsAtTheBudget() {
    for (int slot = 0; slot < 20; slot++) {
      receive(0, slot, 64, WHOLE, FCS);
    }

    assertThat(rig.path.poll(8, rig)).isEqualTo(8);
    assertThat(rig.path.poll(64, rig)).isEqualTo(12);
  }

  @Test
  void putsAStrippedTagBack() {
    receive(0, 0, 64 | 1 << 15 | 0x2005 << 16, WHOLE, FCS);

    rig.poll();

    byte[] frame = rig.received.getFirst();
    assertThat(frame).hasSize(68);
    assertThat(frame).containsSequence(new byte[] {(byte) 0x81, 0, 0x20, 5});
  }

  @Test
  void startsAgainAfterReset() {
    rig.send(3, 60);
    rig.tx.rewind();
    rig.path.reclaim();
    assertThat(rig.small.free()).isEqualTo(128);

    assertThat(rig.path.reset()).isTrue();

    assertThat(txWord(0, 8)).isZero();
    assertThat(rig.path.transmit()).isEqualTo(3);
    assertThat(txWord(0, 8)).isEqualTo(60 | GEN);
  }

  @Test
  void masksAndUnmasksOnlyVectorsThatExist() {
    rig.writes.clear();
    rig.path.enableInterrupt(3);
    rig.path.disableInterrupt(4);
    rig.path.enableInterrupt(25);
    rig.path.enableInterrupt(-1);

    assertThat(rig.registers).containsEntry(24, 0).containsEntry(32, 1);
    assertThat(rig.writes).containsExactly(24, 32);
  }
}
