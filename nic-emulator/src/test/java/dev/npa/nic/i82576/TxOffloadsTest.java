// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.STRANGER;
import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.offload.FrameHeaders;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxOffloadsTest {
  private static final int CONTEXT = TxDescriptor.DEXT | TxDescriptor.DTYP_CONTEXT;
  private static final int IPV4 = 1 << 10;
  private static final int TCP = 1 << 11;
  private static final int BOTH = TxDescriptor.IXSM | TxDescriptor.TXSM;
  private final TestBed bed = new TestBed(1);
  private final QueueDriver sender = bed.driver(0);

  /// 127.0.0.1 to itself, as in DPDK's checksum tests: the sums are known.
  private static byte[] ipv4(int protocol, int pseudoHeaderSum, byte[] transport) {
    byte[] frame = frame(STRANGER, mac(0), 34 + transport.length);
    ByteBuffer.wrap(frame)
        .putShort(12, (short) 0x0800)
        .putInt(14, 0x4500_0000 | 20 + transport.length)
        .putInt(18, 0x0001_0000)
        .putInt(22, 0x4000_0000 | protocol << 16 | 0xDEAD)
        .putInt(26, 0x7F00_0001)
        .putInt(30, 0x7F00_0001)
        .put(34, transport)
        .putShort(34 + (protocol == 6 ? 16 : 6), (short) pseudoHeaderSum);
    return frame;
  }

  private static byte[] tcp(int payloadBytes, int flags) {
    byte[] segment = new byte[20 + payloadBytes];
    for (int i = 20; i < segment.length; i++) {
      segment[i] = (byte) i;
    }
    ByteBuffer.wrap(segment)
        .putShort(0, (short) 20)
        .putShort(2, (short) 80)
        .putInt(4, payloadBytes == 0 ? 0 : 1000)
        .putShort(12, (short) (0x5000 | flags))
        .putShort(14, (short) 0x2000);
    return segment;
  }

  private List<byte[]> send(byte[] frame, int command, int options, int first) {
    int left = frame.length;
    for (int at = 0; left > 0; ) {
      int part = at == 0 ? Math.min(first, left) : Math.min(2000, left);
      MemorySegment.copy(
          MemorySegment.ofArray(frame),
          at,
          bed.memory[0].segment(),
          sender.txBuffer(sender.txTail()),
          part);
      left -= part;
      int end = left == 0 ? TxDescriptor.EOP | TxDescriptor.RS : 0;
      sender.queueRaw(
          sender.txBuffer(sender.txTail()), QueueDriver.DATA | command | end | part, options);
      at += part;
    }
    sender.ring();
    bed.run();
    return bed.wire.take();
  }

  @Test
  void fillsIpAndTcpChecksums() {
    sender.queueRaw(14 << 9 | 20, CONTEXT | IPV4 | TCP, 20 << 8);

    byte[] sent = send(ipv4(6, 0xFE1C, tcp(0, 2)), 0, BOTH, 9000).getFirst();

    assertThat(sent).hasSize(60);
    assertThat(ByteBuffer.wrap(sent).getShort(24)).isEqualTo((short) 0x7CCD);
    assertThat(ByteBuffer.wrap(sent).getShort(50)).isEqualTo((short) 0x917C);
  }

  @Test
  void fillsUdpChecksumsOfTheSecondContext() {
    sender.queueRaw(14 << 9 | 20, CONTEXT | IPV4, 1 << 4);
    byte[] udp = {0, 53, 0, 53, 0, 9, 0, 0, 'x'};

    byte[] sent = send(ipv4(17, 0xFE1C, udp), 0, BOTH | 1 << 4, 9000).getFirst();

    FrameHeaders headers = new FrameHeaders();
    MemorySegment memory = MemorySegment.ofArray(sent);
    headers.parse(memory, 0, sent.length);
    assertThat(headers.transportChecksumCorrect(memory, 0)).isTrue();
    assertThat(ByteBuffer.wrap(sent).getShort(24)).isEqualTo((short) 0x7CCD);
    assertThat(ByteBuffer.wrap(sent).getShort(40)).isEqualTo((short) 0x896F);
  }

  @Test
  void leavesChecksumsAloneUnlessAsked() {
    sender.queueRaw(14 << 9 | 20, CONTEXT | IPV4 | TCP, 0);
    byte[] frame = ipv4(6, 0xFE1C, tcp(100, 0));

    assertThat(send(frame, 0, 0, 9000)).containsExactly(frame);
  }

  @Test
  void insertsTheContextsTag() {
    sender.queueRaw(0x2009L << 16, CONTEXT, 0);
    byte[] frame = frame(STRANGER, mac(0), 100);

    byte[] sent = send(frame, TxDescriptor.VLE, 0, 40).getFirst();

    assertThat(ByteBuffer.wrap(sent).getInt(12)).isEqualTo(0x8100_2009);
    assertThat(Arrays.copyOfRange(sent, 16, 104)).isEqualTo(Arrays.copyOfRange(frame, 12, 100));
  }

  @Test
  void obeysVmvirAboutTags() {
    sender.queueRaw(0x2009L << 16, CONTEXT, 0);
    byte[] frame = frame(STRANGER, mac(0), 100);

    bed.pf.write32(I82576Registers.VMVIR, I82576Registers.VMVIR_NEVER_TAG | 5);
    assertThat(send(frame, TxDescriptor.VLE, 0, 9000)).containsExactly(frame);
    bed.pf.write32(I82576Registers.VMVIR, I82576Registers.VMVIR_DEFAULT_TAG | 5);
    assertThat(ByteBuffer.wrap(send(frame, TxDescriptor.VLE, 0, 9000).getFirst()).getInt(12))
        .isEqualTo(0x8100_0005);
  }

  @Test
  void insertsTheTagOfALegacyDescriptor() {
    byte[] frame = frame(STRANGER, mac(0), 50);
    MemorySegment.copy(
        MemorySegment.ofArray(frame), 0, bed.memory[0].segment(), sender.txBuffer(0), 50);
    sender.queueRaw(sender.txBuffer(0), TxDescriptor.EOP | TxDescriptor.VLE | 50, 0x2009 << 16);
    sender.ring();
    bed.run();

    byte[] sent = bed.wire.take().getFirst();
    assertThat(sent).as("54 bytes and padding").hasSize(60);
    assertThat(ByteBuffer.wrap(sent).getInt(12)).isEqualTo(0x8100_2009);
  }

  @Test
  void cutsTcpIntoSegments() {
    sender.queueRaw(0x2009L << 16 | 14 << 9 | 20, CONTEXT | IPV4 | TCP, 1460 << 16 | 20 << 8);
    byte[] segment = tcp(10_000, 0x18);
    byte[] frame = ipv4(6, 0, segment);

    List<byte[]> sent = send(frame, TxDescriptor.TSE | TxDescriptor.VLE, BOTH, 54);

    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    FrameHeaders headers = new FrameHeaders();
    for (byte[] cut : sent) {
      MemorySegment memory = MemorySegment.ofArray(cut);
      headers.parse(memory, 0, cut.length);
      assertThat(ByteBuffer.wrap(cut).getInt(12)).isEqualTo(0x8100_2009);
      assertThat(headers.isTcp()).isTrue();
      assertThat(headers.ipChecksumCorrect(memory, 0)).isTrue();
      assertThat(headers.transportChecksumCorrect(memory, 0)).isTrue();
      assertThat(ByteBuffer.wrap(cut).getInt(42)).isEqualTo(1000 + payload.size());
      payload.write(cut, 58, cut.length - 58);
    }
    assertThat(sent).hasSize(7);
    assertThat(payload.toByteArray()).isEqualTo(Arrays.copyOfRange(segment, 20, segment.length));
    assertThat(bed.vf(0).read32(I82576Registers.VFGPTC)).isEqualTo(7);
  }

  @Test
  void refusesSegmentsLongerThanFramesCanBe() {
    sender.queueRaw(14 << 9 | 20, CONTEXT | IPV4 | TCP, 9671 << 16 | 20 << 8);
    byte[] frame = ipv4(6, 0, tcp(9_700, 0x18));
    assertThat(send(frame, TxDescriptor.TSE | TxDescriptor.VLE, BOTH, 54)).isEmpty();
    assertThat(bed.nic.virtualFunction(0).malformedFrames()).isEqualTo(1);

    sender.queueRaw(14 << 9 | 20, CONTEXT | IPV4 | TCP, 9670 << 16 | 20 << 8);
    assertThat(send(frame, TxDescriptor.TSE | TxDescriptor.VLE, BOTH, 54)).hasSize(2);
  }
}
