// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TxOffloadTest {
  private static final int EOP_CQ = TxDescriptor.EOP | TxDescriptor.COMPLETION_REQUESTED;
  private static final String ADDRESSES = "7f000001 7f000001";

  /// scapy's packet: IP 7ccd, TCP 917c.
  private static final byte[] TCP =
      Frames.ethernet(
          "0800",
          "45000028 00010000 40067ccd"
              + ADDRESSES
              + "0014 0050 00000000 00000000 5002 2000 917c 0000");

  /// The same with the sum of the pseudo-header in place of the checksum.
  private static final byte[] SEEDED = seeded();

  private final TestGuest guest = TestGuest.active();

  private static byte[] seeded() {
    byte[] frame = TCP.clone();
    int pseudo = 2 * 0x7f00 + 2 * 0x0001 + 6 + 20;
    frame[50] = (byte) (pseudo >>> 8);
    frame[51] = (byte) pseudo;
    return frame;
  }

  private static int checksumMode(int start) {
    return EOP_CQ | TxDescriptor.MODE_CHECKSUM << 10 | start;
  }

  @Test
  void fillsAChecksum() {
    guest.write(TestGuest.TX_BUFFERS, SEEDED);
    guest.putTx(TestGuest.TX_BUFFERS, 54, 50 << 18, checksumMode(34));
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(TCP);
    assertThat(guest.read(TestGuest.TX_BUFFERS, 54)).isEqualTo(SEEDED);
    assertThat(guest.nextTxCompletion()).isZero();
  }

  @Test
  void takesTheModeFromTheFirstDescriptor() {
    guest.write(TestGuest.TX_BUFFERS, SEEDED);
    guest.putTx(TestGuest.TX_BUFFERS, 40, 50 << 18, TxDescriptor.MODE_CHECKSUM << 10 | 34);
    guest.putTx(TestGuest.TX_BUFFERS + 40, 14, 0, EOP_CQ);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(TCP);
  }

  @Test
  void insertsATag() {
    byte[] frame = Frames.plain(Frames.PEER, 60, 1);
    guest.write(TestGuest.TX_BUFFERS, frame);
    guest.putTx(TestGuest.TX_BUFFERS, 60, 0, EOP_CQ | TxDescriptor.TAG_INSERT | 0x2005 << 16);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(Frames.tagged(frame, 0x2005));
  }

  @Test
  void insertsATagIntoAFrameWithChecksum() {
    guest.write(TestGuest.TX_BUFFERS, SEEDED);
    guest.putTx(
        TestGuest.TX_BUFFERS,
        54,
        50 << 18,
        checksumMode(34) | TxDescriptor.TAG_INSERT | 0xFFFF << 16);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).containsExactly(Frames.tagged(TCP, 0xFFFF));
  }

  @Test
  void insertsATagOnlyWhereTheFrameHasRoom() {
    guest.putTx(TestGuest.TX_BUFFERS, 1514, 0, EOP_CQ | TxDescriptor.TAG_INSERT);
    guest.putTx(TestGuest.TX_BUFFERS, 1515, 0, EOP_CQ | TxDescriptor.TAG_INSERT);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).extracting(f -> f.length).containsExactly(1518);
  }

  private void putTso(int payloadBytes, int mss, int word3) {
    byte[] frame = Arrays.copyOf(TCP, 54 + payloadBytes);
    frame[16] = (byte) (40 + payloadBytes >>> 8);
    frame[17] = (byte) (40 + payloadBytes);
    frame[18] = 1234 >>> 8;
    frame[19] = (byte) 1234;
    frame[41] = 1;
    frame[47] = 0x19;
    guest.write(TestGuest.TX_BUFFERS, frame);
    int tso = TxDescriptor.MODE_TSO << 10 | 54;
    guest.putTx(TestGuest.TX_BUFFERS, 54, mss << 18, tso | word3);
    guest.putTx(TestGuest.TX_BUFFERS + 54, payloadBytes, 0, EOP_CQ);
  }

  /// The sizes that QEMU's e1000 makes of this frame.
  @Test
  void segmentsAndTags() {
    putTso(4000, 1460, TxDescriptor.TAG_INSERT | 0x2005 << 16);
    guest.thread.pollUntilIdle();
    guest.command(Vmxnet3Command.GET_STATS);

    assertThat(guest.host.frames).extracting(f -> f.length).containsExactly(1518, 1518, 1138);
    assertThat(guest.host.frames)
        .allSatisfy(
            f -> assertThat(Arrays.copyOfRange(f, 12, 18)).containsExactly(0x81, 0, 0x20, 5, 8, 0));
    assertThat(guest.host.frames).extracting(f -> (int) f[51]).containsExactly(0x10, 0x10, 0x19);
    assertThat(guest.nextTxCompletion()).isEqualTo(1);
    assertThat(guest.stat(guest.tx(0), 0)).isEqualTo(3);
    assertThat(guest.stat(guest.tx(0), 1)).isEqualTo(4174);
  }

  @Test
  void goesOnInsideAFrameThatTheUplinkTookInPart() {
    guest.host.room = 1;
    putTso(4000, 1460, 0);
    guest.thread.pollUntilIdle();
    assertThat(guest.nextTxCompletion()).isEqualTo(TestGuest.NONE);
    guest.host.room = 10;
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).extracting(f -> f.length).containsExactly(1514, 1514, 1134);
    assertThat(guest.nextTxCompletion()).isEqualTo(1);
  }

  @Test
  void completesWhatItCannotSegment() {
    guest.write(TestGuest.TX_BUFFERS, Frames.plain(Frames.PEER, 200, 1));
    guest.putTx(TestGuest.TX_BUFFERS, 200, 100 << 18, EOP_CQ | TxDescriptor.MODE_TSO << 10 | 54);
    guest.thread.pollUntilIdle();
    guest.command(Vmxnet3Command.GET_STATS);

    assertThat(guest.host.frames).isEmpty();
    assertThat(guest.nextTxCompletion()).isZero();
    assertThat(guest.stat(guest.tx(0), 8)).isEqualTo(1);
  }

  @Test
  void segmentsFrom24Descriptors() {
    byte[] frame = Arrays.copyOf(TCP, 54);
    frame[47] = 0x10;
    guest.write(TestGuest.TX_BUFFERS, frame);
    guest.putTx(TestGuest.TX_BUFFERS, 54, 1000 << 18, TxDescriptor.MODE_TSO << 10 | 54);
    for (int i = 1; i < 24; i++) {
      guest.putTx(TestGuest.TX_BUFFERS + 4096, 2000, 0, i == 23 ? EOP_CQ : 0);
    }
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).hasSize(46);
    assertThat(guest.nextTxCompletion()).isEqualTo(23);
  }
}
