// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RxQueueTest {
  private static final int SOP_EOP = RxCompletion.SOP | RxCompletion.EOP;
  private static final int CNC = RxCompletion.CHECKSUM_NOT_CALCULATED;
  private static final int WHOLE = RxCompletion.TYPE | RxCompletion.FCS_OK;

  private final TestGuest guest = TestGuest.active();

  private static byte[] frame(int lengthBytes, int seed) {
    return Frames.plain(TestGuest.MAC.value(), lengthBytes, seed);
  }

  @Test
  void placesAFrameInAHeadBuffer() {
    guest.putRxHeads(1);
    byte[] frame = frame(154, 1);

    assertThat(guest.receive(frame)).isTrue();

    assertThat(guest.rxBuffer(0, 0, 154)).isEqualTo(frame);
    // QEMU's answer for a frame of 154 bytes: 4000C000 0 9A, with FCS and type.
    assertThat(guest.nextRxCompletion()).containsExactly(0x4000C000, 0, 0x9A, WHOLE);
    assertThat(guest.nextRxCompletion()).isEmpty();
    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void padsAShortFrameWithZeros() {
    guest.putRxHeads(1);
    guest.bytes.asSlice(TestGuest.RX_BUFFERS, 128).fill((byte) 0x55);
    byte[] frame = frame(20, 1);
    guest.receive(frame);

    byte[] expected = Arrays.copyOf(frame, 61);
    expected[60] = 0x55;
    assertThat(guest.rxBuffer(0, 0, 61)).isEqualTo(expected);
    assertThat(guest.nextRxCompletion()[2]).isEqualTo(60);
  }

  @Test
  void refusesAFrameWithoutBuffers() {
    assertThat(guest.receive(frame(60, 1))).isFalse();
    assertThat(guest.nextRxCompletion()).isEmpty();
    assertThat(guest.messages).isEmpty();
  }

  @Test
  void leavesDescriptorToDriverUntilTheGenerationIsRight() {
    guest.setLong(guest.rxRing(0, 0), TestGuest.RX_BUFFERS);
    guest.setInt(guest.rxRing(0, 0) + 8, 2048);
    assertThat(guest.receive(frame(60, 1))).isFalse();

    guest.setInt(guest.rxRing(0, 0) + 8, 2048 | RxDescriptor.GENERATION);
    assertThat(guest.receive(frame(60, 1))).isTrue();
  }

  @Test
  void fillsTheRingToTheLastBuffer() {
    guest.putRxHeads(TestGuest.RING);
    for (int i = 0; i < TestGuest.RING; i++) {
      assertThat(guest.receive(frame(60, i))).isTrue();
    }
    assertThat(guest.receive(frame(60, 99))).isFalse();
    for (int i = 0; i < TestGuest.RING; i++) {
      assertThat(guest.nextRxCompletion()[0]).isEqualTo(CNC | SOP_EOP | i);
      assertThat(guest.rxBuffer(0, i, 60)).isEqualTo(frame(60, i));
    }
    assertThat(guest.nextRxCompletion()).isEmpty();
  }

  @Test
  void wrapsBothRingsManyTimes() {
    for (int i = 0; i < 10 * TestGuest.RING; i++) {
      guest.putRx(0, 128, 0);
      int body = guest.putRx(1, RxDescriptor.MIN_HEAD_BYTES, RxDescriptor.BODY);
      byte[] frame = frame(200, i);
      assertThat(guest.receive(frame)).isTrue();
      assertThat(guest.nextRxCompletion()[0] & 0xFFF).isEqualTo(i % TestGuest.RING);
      assertThat(guest.nextRxCompletion()[0] & 0xFFF).isEqualTo(body);
      assertThat(guest.rxBuffer(1, body, 72)).isEqualTo(Arrays.copyOfRange(frame, 128, 200));
    }
  }

  @Test
  void spreadsAFrameOverHeadAndBodyBuffers() {
    guest.putRx(0, 128, 0);
    guest.putRx(0, 100, RxDescriptor.BODY);
    guest.putRx(1, 50, RxDescriptor.BODY);
    guest.putRx(1, 50, RxDescriptor.BODY);
    byte[] frame = frame(300, 1);
    guest.receive(frame);

    int ring1 = 1 << RxCompletion.QUEUE_SHIFT;
    assertThat(guest.nextRxCompletion())
        .containsExactly(RxCompletion.SOP, 0, 128, RxCompletion.TYPE);
    assertThat(guest.nextRxCompletion()).containsExactly(1, 0, 100, RxCompletion.TYPE);
    assertThat(guest.nextRxCompletion()).containsExactly(ring1, 0, 50, RxCompletion.TYPE);
    assertThat(guest.nextRxCompletion())
        .containsExactly(CNC | RxCompletion.EOP | ring1 | 1, 0, 22, WHOLE);
    assertThat(guest.rxBuffer(0, 0, 128)).isEqualTo(Arrays.copyOf(frame, 128));
    assertThat(guest.rxBuffer(0, 1, 100)).isEqualTo(Arrays.copyOfRange(frame, 128, 228));
    assertThat(guest.rxBuffer(1, 0, 50)).isEqualTo(Arrays.copyOfRange(frame, 228, 278));
    assertThat(guest.rxBuffer(1, 1, 22)).isEqualTo(Arrays.copyOfRange(frame, 278, 300));
  }

  @Test
  void fitsAFrameExactlyIntoItsBuffers() {
    guest.putRx(0, 128, 0);
    guest.putRx(0, 128, RxDescriptor.BODY);
    guest.receive(frame(256, 1));

    guest.nextRxCompletion();
    assertThat(guest.nextRxCompletion()[2]).isEqualTo(128);
    assertThat(guest.nextRxCompletion()).isEmpty();
  }

  @Test
  void placesAFrameWholeOrNotAtAll() {
    guest.putRx(0, 128, 0);
    assertThat(guest.receive(frame(200, 1))).isFalse();
    assertThat(guest.nextRxCompletion()).isEmpty();

    guest.putRx(1, 128, RxDescriptor.BODY);
    assertThat(guest.receive(frame(200, 1))).isTrue();
    assertThat(guest.nextRxCompletion()[0]).isEqualTo(RxCompletion.SOP);
  }

  @Test
  void skipsBuffersOfTheWrongType() {
    guest.putRx(0, 128, RxDescriptor.BODY);
    guest.putRx(0, 128, 0);
    guest.putRx(1, 128, 0);
    guest.putRx(1, 128, RxDescriptor.BODY);
    guest.receive(frame(200, 1));

    assertThat(guest.nextRxCompletion()[0] & 0xFFF).isEqualTo(1);
    assertThat(guest.nextRxCompletion()[0] & 0xFFF).isEqualTo(1);
  }

  @Test
  void findsNoHeadInARingOfBodies() {
    for (int i = 0; i < TestGuest.RING; i++) {
      guest.putRx(0, 128, RxDescriptor.BODY);
    }

    assertThat(guest.receive(frame(60, 1))).isFalse();
  }

  @Test
  void dropsAFrameThatNeedsMoreBuffersThanTheDriverTakes() {
    guest.command(Vmxnet3Command.RESET_DEV);
    guest.setInt(TestGuest.SHARED + DriverShared.MAX_NUM_RX_SG, 2 | 0x0101 << 16);
    guest.forgetRings();
    guest.start();
    guest.putRx(0, 128, 0);
    guest.putRx(0, 128, RxDescriptor.BODY);
    guest.putRx(0, 128, RxDescriptor.BODY);

    assertThat(guest.receive(frame(257, 1))).isTrue();
    assertThat(guest.nextRxCompletion()).isEmpty();
    assertThat(guest.receive(frame(256, 1))).isTrue();
    assertThat(guest.nextRxCompletion()[0] & 0xFFF).isZero();
    guest.command(Vmxnet3Command.GET_STATS);
    assertThat(guest.stat(guest.rx(0), 9)).isEqualTo(1);
  }

  @Test
  void dropsALongFrameWhereNoBodyCanFollow() {
    guest.command(Vmxnet3Command.RESET_DEV);
    guest.setInt(guest.rx(0) + QueueDesc.RX_RING_SIZE + 4, 0);
    guest.forgetRings();
    guest.start();
    guest.putRx(0, 128, 0);
    guest.putRx(0, 128, 0);

    assertThat(guest.receive(frame(200, 1))).isTrue();
    assertThat(guest.receive(frame(128, 1))).isTrue();
    assertThat(guest.nextRxCompletion()[0] & 0xFFF).isZero();
  }

  @Test
  void asksForADoorbellWhenItStarves() {
    guest.receive(frame(60, 1));
    guest.receive(frame(60, 1));
    assertThat(guest.getInt(guest.rx(0)) & 0xFF).isEqualTo(1);

    guest.putRxHeads(1);
    guest.receive(frame(60, 1));

    assertThat(guest.getInt(guest.rx(0)) & 0xFF).isZero();
    guest.command(Vmxnet3Command.GET_STATS);
    assertThat(guest.stat(guest.rx(0), 8)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x400000, 0x3FFFFF, -1, Long.MIN_VALUE, 0x1_0020_0000L})
  void stopsAtAForgedBuffer(long address) {
    guest.putRx(0, 0, address, 2048, 0);

    assertThat(guest.receive(frame(60, 1))).isTrue();
    assertStopped(QueueDesc.ERROR_TXD_INVALID);
    assertThat(guest.device.dmaFaults()).isEqualTo(1);
  }

  @Test
  void stopsAtASmallHeadBuffer() {
    guest.putRx(0, 127, 0);
    guest.receive(frame(60, 1));

    assertStopped(QueueDesc.ERROR_SMALL_BUFFER);
  }

  @Test
  void stopsAtAnEmptyBodyBuffer() {
    guest.putRx(0, 128, 0);
    guest.putRx(0, 0, RxDescriptor.BODY);
    guest.receive(frame(200, 1));

    assertStopped(QueueDesc.ERROR_SMALL_BUFFER);
  }

  private void assertStopped(int error) {
    assertThat(guest.getInt(guest.rx(0) + QueueDesc.STOPPED) & 0xFF).isEqualTo(1);
    assertThat(guest.getInt(guest.rx(0) + QueueDesc.ERROR)).isEqualTo(error);
    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR))
        .isEqualTo(DriverShared.EVENT_RX_QUEUE_ERROR);
    assertThat(guest.messages).containsExactly(1);
    guest.putRxHeads(1);
    assertThat(guest.receive(frame(60, 1))).isTrue();
    assertThat(guest.nextRxCompletion()).isEmpty();
    guest.command(Vmxnet3Command.GET_STATS);
    assertThat(guest.stat(guest.rx(0), 9)).isEqualTo(2);
  }

  @Test
  void interruptsOncePerBurst() {
    guest.putRxHeads(10);
    byte[] frame = frame(60, 1);
    for (int i = 0; i < 10; i++) {
      guest.device.receiver().offer(MemorySegment.ofArray(frame), 0, 60);
    }
    assertThat(guest.messages).isEmpty();
    guest.device.receiver().flush();
    guest.device.receiver().flush();

    assertThat(guest.messages).containsExactly(0);
  }

  @Test
  void dropsWhatIsNoFrameOfItsMtu() {
    guest.putRxHeads(2);

    assertThat(guest.receive(new byte[13])).isTrue();
    assertThat(guest.receive(frame(1519, 1))).isTrue();
    assertThat(guest.device.malformedFrames()).isEqualTo(2);
    assertThat(guest.nextRxCompletion()).isEmpty();
    assertThat(guest.receive(frame(1518, 1))).isTrue();
    assertThat(guest.nextRxCompletion()[2]).isEqualTo(1518);
  }

  @Test
  void countsFramesByDestination() {
    guest.putRxHeads(4);
    guest.receive(frame(60, 1));
    guest.receive(frame(100, 1));
    guest.receive(Frames.plain(0x0100_5E00_0001L, 70, 1));
    guest.receive(Frames.plain(0xFFFF_FFFF_FFFFL, 80, 1));
    guest.command(Vmxnet3Command.GET_STATS);

    long[] stats = new long[10];
    Arrays.setAll(stats, i -> guest.stat(guest.rx(0), i));
    assertThat(stats).containsExactly(0, 0, 2, 160, 1, 70, 1, 80, 0, 0);
  }

  @Test
  void countsSentFramesByDestination() {
    guest.send(Frames.plain(Frames.PEER, 60, 1));
    guest.send(Frames.plain(0x0100_5E00_0001L, 70, 1));
    guest.send(Frames.plain(0xFFFF_FFFF_FFFFL, 80, 1));
    guest.thread.pollUntilIdle();
    guest.command(Vmxnet3Command.GET_STATS);

    long[] stats = new long[10];
    Arrays.setAll(stats, i -> guest.stat(guest.tx(0), i));
    assertThat(stats).containsExactly(0, 0, 1, 60, 1, 70, 1, 80, 0, 0);
  }
}
