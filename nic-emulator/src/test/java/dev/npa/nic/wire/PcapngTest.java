// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PcapngTest {
  private static final byte[] FRAME = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 8, 0, 42};
  private static final int NAME_RESOLUTION = 4;
  private static final int INTERFACE_STATISTICS = 5;

  /// A file with each block the reader knows and two it skips, two interfaces, two sections.
  static CaptureBytes everyBlock(ByteOrder order) {
    CaptureBytes file = new CaptureBytes(order);
    return file.section()
        .ethernetInterface(0)
        .block(
            Pcapng.INTERFACE_DESCRIPTION,
            file.body()
                .u16(1)
                .u16(0)
                .u32(0)
                .option(2, file.body().bytes((byte) 'l', (byte) 'a', (byte) 'n'))
                .option(InterfaceDescription.TIMESTAMP_RESOLUTION, file.body().u8(9))
                .option(InterfaceDescription.FCS_LENGTH, file.body().u8(4))
                .option(InterfaceDescription.TIMESTAMP_OFFSET, file.body().u64(100))
                .u32(0))
        .enhancedPacket(0, 5_000_006, 15, FRAME)
        .block(NAME_RESOLUTION, file.body().u32(0))
        .enhancedPacket(1, 5_000_000_006L, 15, FRAME)
        .block(Pcapng.SIMPLE_PACKET, file.body().u32(15).bytes(FRAME))
        .block(
            Pcapng.PACKET, file.body().u16(0).u16(9).u32(0).u32(7).u32(15).u32(1514).bytes(FRAME))
        .block(INTERFACE_STATISTICS, file.body().u32(0).u64(0))
        .section()
        .ethernetInterface(4)
        .block(Pcapng.SIMPLE_PACKET, file.body().u32(15).bytes(new byte[4]));
  }

  @Test
  void readsEveryPacketBlockInBothByteOrders() throws IOException {
    for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
      List<PcapFrame> frames = everyBlock(order).read();
      assertThat(frames).extracting(PcapFrame::index).containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(frames)
          .extracting(PcapFrame::timestampNanos)
          .containsExactly(5_000_006_000L, 105_000_000_006L, 0L, 7_000L, 0L);
      assertThat(frames)
          .extracting(frame -> frame.bytes().length)
          .as("the second interface says that frames end with an FCS of four bytes")
          .containsExactly(15, 11, 15, 15, 4);
      assertThat(frames)
          .extracting(PcapFrame::isTruncated)
          .containsExactly(false, false, false, true, true);
    }
  }

  @Test
  void readsSectionsOfDifferentByteOrderAfterEachOther() throws IOException {
    CaptureBytes file = everyBlock(BIG_ENDIAN).bytes(everyBlock(LITTLE_ENDIAN).toByteArray());
    assertThat(file.read()).hasSize(10);
  }

  @Test
  void readsTimeStampsInPowersOfTwo() throws IOException {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
    file.section()
        .block(
            Pcapng.INTERFACE_DESCRIPTION,
            file.body()
                .u16(1)
                .u16(0)
                .u32(0)
                .option(InterfaceDescription.TIMESTAMP_RESOLUTION, file.body().u8(0x80 | 10)))
        .enhancedPacket(0, 3 * 1024 + 512, 15, FRAME);
    assertThat(file.read()).extracting(PcapFrame::timestampNanos).containsExactly(3_500_000_000L);
  }

  @Test
  void refusesTimeStampBeyondSixtyThreeBits() {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
    file.section().ethernetInterface(0).enhancedPacket(0, -1, 15, FRAME);
    assertThatIOException()
        .isThrownBy(file::read)
        .withMessage("test: offset 60: time stamp 18446744073709551615000 ns is out of range");
  }

  @Test
  void refusesOtherLinkTypeOnlyAtItsFirstPacket() throws IOException {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
    file.section()
        .ethernetInterface(0)
        .block(Pcapng.INTERFACE_DESCRIPTION, file.body().u16(127).u16(0).u32(0))
        .enhancedPacket(0, 0, 15, FRAME);
    assertThat(file.read()).hasSize(1);

    file.enhancedPacket(1, 0, 15, FRAME);
    assertThatIOException()
        .isThrownBy(file::read)
        .withMessageContaining("link type 127 (IEEE 802.11 with radiotap)");
  }

  @Test
  void refusesPacketOfInterfaceThatWasNotDescribed() {
    assertThatIOException()
        .isThrownBy(() -> new CaptureBytes(BIG_ENDIAN).section().enhancedPacket(0, 0, 0).read())
        .withMessage("test: offset 36: interface 0 of 0");
  }

  @Test
  void forgetsInterfacesAtNewSection() {
    CaptureBytes file = everyBlock(BIG_ENDIAN).section().enhancedPacket(0, 0, 15, FRAME);
    assertThatIOException().isThrownBy(file::read).withMessageContaining("interface 0 of 0");
  }

  @Test
  void refusesLengthsThatDoNotMatch() {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN).section().u32(99).u32(16).u32(0).u32(20);
    assertThatIOException()
        .isThrownBy(file::read)
        .withMessage("test: offset 40: block length 20 after a block that began with 16");
  }

  @Test
  void refusesLengthsThatNoBlockHas() {
    for (long length : new long[] {0, 8, 13, 0xFFFF_FFFFL}) {
      assertThatIOException()
          .isThrownBy(() -> new CaptureBytes(BIG_ENDIAN).section().u32(99).u32(length).read())
          .withMessage("test: offset 32: block length " + length);
    }
    assertThatIOException()
        .isThrownBy(() -> new CaptureBytes(BIG_ENDIAN).section().u32(99).u32(0xFFFF_FFFCL).read())
        .withMessageContaining("file ends in block at 28 of 4294967280 bytes");
  }

  @Test
  void refusesBlockTooSmallForItsFields() {
    for (int type :
        new int[] {
          Pcapng.INTERFACE_DESCRIPTION, Pcapng.PACKET, Pcapng.SIMPLE_PACKET, Pcapng.ENHANCED_PACKET
        }) {
      CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
      file.section().ethernetInterface(0).block(type, file.body());
      assertThatIOException().isThrownBy(file::read).withMessageContaining("block length 12");
    }
  }

  @Test
  void refusesCapturedLengthBeyondItsBlock() {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
    file.section()
        .ethernetInterface(0)
        .block(Pcapng.ENHANCED_PACKET, file.body().u32(0).u64(0).u32(20).u32(20).bytes(FRAME))
        .enhancedPacket(0, 0, 15, FRAME);
    assertThatIOException()
        .isThrownBy(file::read)
        .withMessage("test: offset 68: captured length 20 is more than its block holds");
  }

  @Test
  void refusesOptionBeyondItsBlock() {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
    file.section()
        .block(Pcapng.INTERFACE_DESCRIPTION, file.body().u16(1).u16(0).u32(0).u16(2).u16(5).u32(0));
    assertThatIOException()
        .isThrownBy(file::read)
        .withMessage("test: offset 46: option length 5 is more than its block holds");
  }

  @Test
  void refusesUnknownByteOrderMagicAndVersion() {
    CaptureBytes file = new CaptureBytes(BIG_ENDIAN);
    assertThatIOException()
        .isThrownBy(() -> file.u32(Pcapng.SECTION_HEADER).u32(28).u32(0x12345678).read())
        .withMessage("test: offset 8: byte-order magic 12345678");
    CaptureBytes later = new CaptureBytes(BIG_ENDIAN);
    assertThatIOException()
        .isThrownBy(
            () ->
                later.u32(Pcapng.SECTION_HEADER).u32(28).u32(Pcapng.BYTE_ORDER_MAGIC).u16(2).read())
        .withMessage("test: offset 12: pcapng version 2, expected 1");
  }
}
