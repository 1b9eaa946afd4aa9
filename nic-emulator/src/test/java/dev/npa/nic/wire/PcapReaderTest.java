// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PcapReaderTest {
  private static final byte[] FRAME = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 8, 0, 42};

  @ParameterizedTest
  @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
  void readsMicrosecondsInEitherByteOrder(String order) throws IOException {
    assertThat(classic(order(order)).record(7, 8, 15, FRAME).read())
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.index()).isZero();
              assertThat(frame.timestampNanos()).isEqualTo(7_000_008_000L);
              assertThat(frame.bytes()).isEqualTo(FRAME);
              assertThat(frame.isTruncated()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
  void readsNanosecondsInEitherByteOrder(String order) throws IOException {
    assertThat(
            new CaptureBytes(order(order))
                .classic(ClassicPcap.MAGIC_NANOS, 1)
                .record(0xFFFF_FFFFL, 999_999_999, 15, FRAME)
                .read())
        .extracting(PcapFrame::timestampNanos)
        .containsExactly(0xFFFF_FFFFL * 1_000_000_000 + 999_999_999);
  }

  @Test
  void reportsFrameCutOffBySnapLength() throws IOException {
    assertThat(classic(BIG_ENDIAN).record(0, 0, 1514, FRAME).read())
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.isTruncated()).isTrue();
              assertThat(frame.originalLength()).isEqualTo(1514);
            });
  }

  @Test
  void takesOriginalLengthBelowCapturedForCaptured() throws IOException {
    assertThat(classic(BIG_ENDIAN).record(0, 0, 0, FRAME).read())
        .extracting(PcapFrame::originalLength)
        .containsExactly(15);
  }

  @Test
  void takesOffFrameCheckSequenceThatHeaderAnnounces() throws IOException {
    int withFourByteFcs = 0x2400_0001;
    assertThat(
            new CaptureBytes(LITTLE_ENDIAN)
                .classic(ClassicPcap.MAGIC_MICROS, withFourByteFcs)
                .record(0, 0, 15, FRAME)
                .read())
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.bytes()).hasSize(11);
              assertThat(frame.isTruncated()).isFalse();
            });
  }

  @Test
  void readsEmptyCapture() throws IOException {
    assertThat(classic(BIG_ENDIAN).read()).isEmpty();
  }

  @Test
  void readsFrameOfNoBytes() throws IOException {
    assertThat(classic(BIG_ENDIAN).record(0, 0, 0).read())
        .extracting(PcapFrame::originalLength)
        .containsExactly(0);
  }

  @Test
  void readsLongestFrame() throws IOException {
    byte[] longest = new byte[PcapReader.MAX_FRAME_BYTES];
    assertThat(classic(BIG_ENDIAN).record(0, 0, longest.length, longest).read()).hasSize(1);
  }

  @Test
  void refusesOtherLinkTypeByName() {
    assertThatIOException()
        .isThrownBy(() -> new CaptureBytes(BIG_ENDIAN).classic(ClassicPcap.MAGIC_NANOS, 113).read())
        .withMessage(
            "test: offset 20: link type 113 (Linux cooked, tcpdump -i any); only Ethernet (1) can"
                + " be replayed");
  }

  @Test
  void refusesUnknownMagicNumber() {
    assertThatIOException()
        .isThrownBy(() -> new CaptureBytes(BIG_ENDIAN).u32(0x1F8B_0800L).read())
        .withMessage("test: offset 0: magic number 1f8b0800 is neither pcap's nor pcapng's");
  }

  @Test
  void refusesOtherVersion() {
    assertThatIOException()
        .isThrownBy(
            () -> new CaptureBytes(BIG_ENDIAN).u32(ClassicPcap.MAGIC_MICROS).u16(1).u16(0).read())
        .withMessage("test: offset 4: pcap version 1, expected 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {262_145, 0x7FFF_FFFF, 0x8000_0000L, 0xFFFF_FFFFL})
  void refusesHugeCapturedLengthBeforeBelievingIt(long length) {
    assertThatIOException()
        .isThrownBy(() -> classic(BIG_ENDIAN).u32(0).u32(0).u32(length).u32(60).read())
        .withMessage("test: offset 32: captured length " + length + " > 262144");
  }

  @Test
  void refusesHugeOriginalLength() {
    assertThatIOException()
        .isThrownBy(() -> classic(BIG_ENDIAN).record(0, 0, 0x8000_0000L, FRAME).read())
        .withMessage("test: offset 40: original frame length 2147483648");
  }

  @Test
  void refusesFileThatEndsAnywhereInsideRecord() throws IOException {
    byte[] whole = classic(BIG_ENDIAN).record(0, 0, 15, FRAME).toByteArray();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length == 24) {
        assertThat(CaptureBytes.read(cut)).isEmpty();
      } else {
        assertThatIOException()
            .isThrownBy(() -> CaptureBytes.read(cut))
            .withMessageContaining("offset")
            .withMessageContaining("file ends in");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void throwsNothingButIoExceptionWhateverTheBytes(long seed) throws IOException {
    Random random = new Random(seed);
    byte[][] seeds = {
      classic(LITTLE_ENDIAN).record(1, 2, 15, FRAME).record(3, 4, 1514, FRAME).toByteArray(),
      PcapngTest.everyBlock(BIG_ENDIAN).toByteArray(),
      PcapngTest.everyBlock(LITTLE_ENDIAN).toByteArray(),
    };
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] file = mutate(seeds[random.nextInt(seeds.length)], random);
      try {
        CaptureBytes.read(file);
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith("test: offset ");
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + " round " + round, e);
      }
    }
    assertThat(refused).as("seed %d", seed).isBetween(1_000, 4_999);
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] file = valid.clone();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(4)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) (random.nextBoolean() ? 0xFF : 0x00);
        case 2 -> file[at] = (byte) random.nextInt();
        default -> {
          file = Arrays.copyOf(file, Math.max(1, at));
        }
      }
    }
    return file;
  }

  private static CaptureBytes classic(ByteOrder order) {
    return new CaptureBytes(order).classic(ClassicPcap.MAGIC_MICROS, 1);
  }

  private static ByteOrder order(String name) {
    return name.equals("BIG_ENDIAN") ? BIG_ENDIAN : LITTLE_ENDIAN;
  }
}
