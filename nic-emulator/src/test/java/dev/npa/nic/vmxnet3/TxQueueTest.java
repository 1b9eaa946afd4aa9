// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TxQueueTest {
  private static final int EOP_CQ = TxDescriptor.EOP | TxDescriptor.COMPLETION_REQUESTED;

  private final TestGuest guest = TestGuest.active();

  private static byte[] frame(int lengthBytes, int seed) {
    return Frames.plain(Frames.PEER, lengthBytes, seed);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 60, 64, 1514, 1518})
  void sendsAFrameFromOneDescriptor(int lengthBytes) {
    byte[] frame = frame(lengthBytes, 3);
    int index = guest.send(frame);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(frame);
    assertThat(guest.nextTxCompletion()).isEqualTo(index);
    assertThat(guest.nextTxCompletion()).isEqualTo(TestGuest.NONE);
  }

  @Test
  void doesNothingWithAnEmptyRing() {
    assertThat(guest.device.poll()).isFalse();
    assertThat(guest.host.flushes).isZero();
  }

  @Test
  void leavesDescriptorsToTheDriverUntilTheGenerationIsRight() {
    guest.setLong(guest.txRing(0), TestGuest.TX_BUFFERS);
    guest.setInt(guest.txRing(0) + 12, EOP_CQ);
    guest.setInt(guest.txRing(0) + 8, 60);

    assertThat(guest.device.poll()).isFalse();
    guest.setInt(guest.txRing(0) + 8, 60 | TxDescriptor.GENERATION);
    assertThat(guest.device.poll()).isTrue();
    assertThat(guest.host.frames).hasSize(1);
  }

  @Test
  void wrapsTheRingManyTimes() {
    for (int i = 0; i < 10 * TestGuest.RING + 5; i++) {
      byte[] frame = frame(60 + i % 100, i);
      guest.send(frame);
      guest.thread.pollUntilIdle();
      assertThat(guest.host.frames.getLast()).isEqualTo(frame);
      assertThat(guest.nextTxCompletion()).isEqualTo(i % TestGuest.RING);
    }
  }

  @Test
  void emptiesAFullRingAndCompletesInOrder() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < TestGuest.RING - 1; i++) {
        guest.send(frame(60, i));
      }
      guest.thread.pollUntilIdle();
      for (int i = 0; i < TestGuest.RING - 1; i++) {
        int expected = (round * (TestGuest.RING - 1) + i) % TestGuest.RING;
        assertThat(guest.nextTxCompletion()).isEqualTo(expected);
      }
    }
    assertThat(guest.host.frames).hasSize(3 * (TestGuest.RING - 1));
  }

  @Test
  void gathersDescriptors() {
    byte[] frame = frame(1000, 5);
    guest.write(TestGuest.TX_BUFFERS, frame);
    guest.putTx(TestGuest.TX_BUFFERS, 14, 0, 0);
    guest.putTx(TestGuest.TX_BUFFERS + 14, 1, 0, 0);
    int last = guest.putTx(TestGuest.TX_BUFFERS + 15, 985, 0, EOP_CQ);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(frame);
    assertThat(guest.nextTxCompletion()).isEqualTo(last);
    assertThat(guest.nextTxCompletion()).isEqualTo(TestGuest.NONE);
  }

  @Test
  void gathersAcrossTheEndOfTheRing() {
    byte[] frame = frame(300, 5);
    guest.write(TestGuest.TX_BUFFERS, frame);
    for (int i = 0; i < TestGuest.RING - 1; i++) {
      guest.putTx(TestGuest.TX_BUFFERS, 60, 0, TxDescriptor.EOP);
    }
    guest.thread.pollUntilIdle();
    guest.putTx(TestGuest.TX_BUFFERS, 100, 0, 0);
    guest.putTx(TestGuest.TX_BUFFERS + 100, 100, 0, 0);
    guest.putTx(TestGuest.TX_BUFFERS + 200, 100, 0, EOP_CQ);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames.getLast()).isEqualTo(frame);
    assertThat(guest.nextTxCompletion()).isEqualTo(1);
    byte[] next = frame(77, 9);
    guest.send(next);
    guest.thread.pollUntilIdle();
    assertThat(guest.host.frames.getLast()).isEqualTo(next);
  }

  @Test
  void gathersSixteenDescriptorsAndNotSeventeen() {
    for (int i = 0; i < 16; i++) {
      guest.putTx(TestGuest.TX_BUFFERS, 20, 0, i == 15 ? EOP_CQ : 0);
    }
    guest.thread.pollUntilIdle();
    assertThat(guest.host.frames).extracting(f -> f.length).containsExactly(320);

    for (int i = 0; i < 17; i++) {
      guest.putTx(TestGuest.TX_BUFFERS, 20, 0, i == 16 ? EOP_CQ : 0);
    }
    guest.thread.pollUntilIdle();
    assertStopped(QueueDesc.ERROR_NO_EOP);
  }

  @Test
  void waitsWithAFrameWhoseFirstDescriptorIsNotHandedOver() {
    byte[] frame = frame(90, 1);
    guest.write(TestGuest.TX_BUFFERS, frame);
    guest.putTx(TestGuest.TX_BUFFERS, 30, 0, 0);
    int handOver = guest.getInt(guest.txRing(0) + 8);
    guest.setInt(guest.txRing(0) + 8, handOver ^ TxDescriptor.GENERATION);
    guest.putTx(TestGuest.TX_BUFFERS + 30, 60, 0, EOP_CQ);
    assertThat(guest.device.poll()).isFalse();

    guest.setInt(guest.txRing(0) + 8, handOver);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(frame);
  }

  @Test
  void completesOnlyWhatAsksForIt() {
    for (int i = 0; i < 4; i++) {
      guest.putTx(TestGuest.TX_BUFFERS, 60, 0, i == 3 ? EOP_CQ : TxDescriptor.EOP);
    }
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).hasSize(4);
    assertThat(guest.nextTxCompletion()).isEqualTo(3);
    assertThat(guest.nextTxCompletion()).isEqualTo(TestGuest.NONE);
    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void interruptsNobodyWithoutCompletion() {
    guest.putTx(TestGuest.TX_BUFFERS, 60, 0, TxDescriptor.EOP);
    guest.thread.pollUntilIdle();

    assertThat(guest.messages).isEmpty();
  }

  @Test
  void flushesAndInterruptsOncePerBurst() {
    for (int i = 0; i < 20; i++) {
      guest.send(frame(60, i));
    }
    guest.device.poll();

    assertThat(guest.host.frames).hasSize(20);
    assertThat(guest.host.flushes).isEqualTo(1);
    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void keepsAFrameThatTheUplinkDoesNotTake() {
    guest.host.room = 2;
    for (int i = 0; i < 5; i++) {
      guest.send(frame(60, i));
    }
    guest.thread.pollUntilIdle();
    assertThat(guest.host.frames).hasSize(2);
    assertThat(guest.nextTxCompletion()).isZero();
    assertThat(guest.nextTxCompletion()).isEqualTo(1);
    assertThat(guest.nextTxCompletion()).isEqualTo(TestGuest.NONE);

    guest.host.room = 100;
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(guest.host.frames.get(i)).isEqualTo(frame(60, i));
    }
  }

  @Test
  void keepsAGatheredFrameThatTheUplinkDoesNotTake() {
    byte[] frame = frame(200, 1);
    guest.write(TestGuest.TX_BUFFERS, frame);
    guest.host.room = 0;
    guest.putTx(TestGuest.TX_BUFFERS, 100, 0, 0);
    guest.putTx(TestGuest.TX_BUFFERS + 100, 100, 0, EOP_CQ);
    guest.thread.pollUntilIdle();
    guest.thread.pollUntilIdle();
    guest.host.room = 10;
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(frame);
    assertThat(guest.nextTxCompletion()).isEqualTo(1);
  }

  @Test
  void completesARuntWithoutSendingIt() {
    guest.send(new byte[13]);
    guest.putTx(TestGuest.TX_BUFFERS, 6, 0, 0);
    guest.putTx(TestGuest.TX_BUFFERS, 7, 0, EOP_CQ);
    guest.send(frame(60, 1));
    guest.thread.pollUntilIdle();
    guest.command(Vmxnet3Command.GET_STATS);

    assertThat(guest.host.frames).hasSize(1);
    assertThat(guest.nextTxCompletion()).isZero();
    assertThat(guest.nextTxCompletion()).isEqualTo(2);
    assertThat(guest.stat(guest.tx(0), 8)).isEqualTo(2);
  }

  @Test
  void sendsFromTheDataRing() {
    int dataRing = TestGuest.TABLES;
    byte[] frame = frame(128, 4);
    guest.write(dataRing, java.util.Arrays.copyOf(frame, 54));
    guest.write(TestGuest.TX_BUFFERS, java.util.Arrays.copyOfRange(frame, 54, 128));
    guest.putTx(dataRing, 54, 0, 0);
    guest.putTx(TestGuest.TX_BUFFERS, 74, 0, EOP_CQ);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(frame);
  }

  @ParameterizedTest
  @CsvSource({
    "1519,0,0x1000,0x80000002", // beyond MTU, header and tag
    "0,0,0x1000,0x80000002", // 16384
    "60,0x10000,0x1000,0x80000003", // descriptor type
    "60,0,0x1400,0x80000003", // mode 1
    "60,0,0x0000,0x80000000", // no end
    "60,0,0x1800,0x80000007", // checksum mode, header length 0
    "60,0,0x1C0E,0x80000007", // TSO, MSS 0
    "60,0x40000,0x1C3C,0x80000007", // TSO, no payload
    "60,0xE80000,0x183B,0x80000007", // checksum field at 58, before its start
    "60,0xEC0000,0x1822,0x80000007" // checksum field at 59, half outside
  })
  void stopsAtADescriptorThatMakesNoSense(
      int lengthBytes, String word2, String word3, String error) {
    guest.putTx(TestGuest.TX_BUFFERS, lengthBytes, Integer.decode(word2), Integer.decode(word3));
    guest.thread.pollUntilIdle();

    assertStopped(Long.decode(error).intValue());
    assertThat(guest.host.frames).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0x400000, 0x3FFFFF, -1, Long.MIN_VALUE, 0x1_0010_0000L, 0x7FFFFFFFFFFFFFFFL})
  void stopsAtAForgedAddress(long address) {
    guest.putTx(address, 60, 0, EOP_CQ);
    guest.thread.pollUntilIdle();

    assertStopped(QueueDesc.ERROR_TXD_INVALID);
    assertThat(guest.device.dmaFaults()).isEqualTo(1);
  }

  @Test
  void stopsAtAForgedAddressInsideAFrame() {
    guest.putTx(TestGuest.TX_BUFFERS, 60, 0, 0);
    guest.putTx(-4096, 60, 0, EOP_CQ);
    guest.thread.pollUntilIdle();

    assertStopped(QueueDesc.ERROR_TXD_INVALID);
  }

  private void assertStopped(int error) {
    assertThat(guest.getInt(guest.tx(0) + QueueDesc.STOPPED) & 0xFF).isEqualTo(1);
    assertThat(guest.getInt(guest.tx(0) + QueueDesc.ERROR)).isEqualTo(error);
    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR))
        .isEqualTo(DriverShared.EVENT_TX_QUEUE_ERROR);
    assertThat(guest.messages).contains(1);
    guest.setInt(guest.tx(0) + QueueDesc.ERROR, 0);
    guest.command(Vmxnet3Command.GET_QUEUE_STATUS);
    assertThat(guest.getInt(guest.tx(0) + QueueDesc.ERROR)).isEqualTo(error);
    int frames = guest.host.frames.size();
    guest.send(frame(60, 1));
    guest.thread.pollUntilIdle();
    assertThat(guest.host.frames).hasSize(frames);
  }

  @Test
  void runsAgainAfterReactivation() {
    guest.putTx(-1, 60, 0, EOP_CQ);
    guest.thread.pollUntilIdle();
    guest.command(Vmxnet3Command.QUIESCE_DEV);
    guest.command(Vmxnet3Command.RESET_DEV);
    guest.forgetRings();
    guest.start();
    guest.send(frame(60, 1));
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).hasSize(1);
    assertThat(guest.getInt(guest.tx(0) + QueueDesc.STOPPED) & 0xFF).isZero();
  }

  @Test
  void servesEightQueuesWithTheirOwnVectors() {
    TestGuest eight = new TestGuest(8);
    eight.start();
    for (int q = 0; q < 8; q++) {
      eight.write(TestGuest.TX_BUFFERS, frame(60, 1));
      eight.putTx(q, TestGuest.TX_BUFFERS, 60, 0, EOP_CQ);
    }
    eight.putTx(3, -1, 60, 0, EOP_CQ);
    eight.thread.pollUntilIdle();

    assertThat(eight.host.frames).hasSize(8);
    assertThat(eight.messages).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
    for (int q = 0; q < 8; q++) {
      assertThat(eight.nextTxCompletion(q)).isZero();
      assertThat(eight.getInt(eight.tx(q) + QueueDesc.STOPPED) & 0xFF).isEqualTo(q == 3 ? 1 : 0);
    }
  }
}
