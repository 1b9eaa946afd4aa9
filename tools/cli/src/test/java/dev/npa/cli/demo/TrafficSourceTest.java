// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import static dev.npa.cli.demo.OddCaptures.ALICE;
import static dev.npa.cli.demo.OddCaptures.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.cli.demo.TrafficSource.Reason;
import dev.npa.cli.demo.TrafficSource.Selection;
import dev.npa.nic.MacAddress;
import dev.npa.nic.wire.PcapFrame;
import dev.npa.nic.wire.PcapReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrafficSourceTest {
  private static final MacAddress GUEST1 = MacAddress.parse("00:50:56:00:00:01");
  private static final MacAddress GUEST2 = MacAddress.parse("00:50:56:00:00:02");
  private static final int LONGEST = 1518;

  @TempDir Path dir;

  @Test
  void countsEveryFrameEitherAsReplayedOrUnderItsReason() {
    List<PcapFrame> capture = OddCaptures.oddFrames();
    Selection selection = select(capture);
    assertThat(selection.leftOut())
        .containsExactly(
            Map.entry(Reason.TRUNCATED, 2),
            Map.entry(Reason.TOO_SHORT, 2),
            Map.entry(Reason.TOO_LONG, 3),
            Map.entry(Reason.GROUP_SOURCE, 1),
            Map.entry(Reason.LINK_LOCAL, 1));
    assertThat(selection.frames()).hasSize(capture.size() - 9);
  }

  @Test
  void makesFirstStationGuestOneAndItsPeerGuestTwo() {
    Selection selection =
        select(frame(BOB, ALICE), frame(ALICE, BOB), frame(BOB, ALICE), frame(ALICE, BOB));
    assertThat(selection.sentBy(GUEST1)).hasSize(2);
    assertThat(selection.sentBy(GUEST2)).hasSize(2);
    assertThat(selection.frames()).allMatch(frame -> source(frame) != destination(frame));
  }

  @Test
  void takesSecondSenderForGuestTwoIfTheFirstOnlyBroadcast() {
    Selection selection = select(frame(ALICE, MacAddress.BROADCAST), frame(BOB, ALICE));
    assertThat(source(selection.frames().get(0))).isEqualTo(GUEST1.value());
    assertThat(source(selection.frames().get(1))).isEqualTo(GUEST2.value());
  }

  @Test
  void keepsEachFurtherStationOnOneSideAndUsesBoth() {
    List<PcapFrame> capture = new ArrayList<>(List.of(frame(ALICE, BOB)));
    for (int round = 0; round < 2; round++) {
      for (int station = 0; station < 100; station++) {
        capture.add(frame(0x02_00_5E_00_60_00L + station, ALICE));
      }
    }
    List<byte[]> frames = select(capture).frames();
    assertThat(frames.subList(1, 101)).containsExactlyElementsOf(frames.subList(101, 201));
    assertThat(select(capture).sentBy(GUEST1)).hasSizeBetween(60, 140);
  }

  @Test
  void sendsUnicastToTheOtherGuestEvenBetweenStationsOfOneSide() {
    assertThat(select(frame(ALICE, ALICE)).frames())
        .allMatch(frame -> source(frame) == GUEST1.value())
        .allMatch(frame -> destination(frame) == GUEST2.value());
  }

  @Test
  void leavesGroupDestinationsAlone() {
    long multicast = 0x0100_5E00_00FBL;
    assertThat(select(frame(ALICE, multicast), frame(ALICE, MacAddress.BROADCAST)).frames())
        .extracting(TrafficSourceTest::destination)
        .containsExactly(multicast, MacAddress.BROADCAST);
  }

  @Test
  void leavesEverythingBehindTheAddressesAsCaptured() {
    byte[] tagged = OddCaptures.frame(ALICE, BOB, 1500, 0x88A8, 7, 0x8100, 42, 0x0800);
    byte[] before = tagged.clone();
    byte[] replayed = select(captured(tagged)).frames().getFirst();
    assertThat(Arrays.copyOfRange(replayed, 12, 1500))
        .isEqualTo(Arrays.copyOfRange(before, 12, 1500));
    assertThat(replayed).hasSize(1500);
    assertThat(tagged).as("the capture's own frame").isEqualTo(before);
  }

  @Test
  void padsShortFramesToSixtyBytesWithZeros() {
    byte[] shortest = OddCaptures.frame(ALICE, BOB, 14, 0x0800);
    byte[] replayed = select(captured(shortest)).frames().getFirst();
    assertThat(replayed).hasSize(60);
    assertThat(Arrays.copyOfRange(replayed, 14, 60)).containsOnly(0);
  }

  @Test
  void takesFramesUpToTheLongestAndNoLonger() {
    Selection selection =
        select(
            captured(OddCaptures.frame(ALICE, BOB, LONGEST, 0x0800)),
            captured(OddCaptures.frame(ALICE, BOB, LONGEST + 1, 0x0800)));
    assertThat(selection.frames()).hasSize(1);
    assertThat(selection.leftOut()).containsExactly(Map.entry(Reason.TOO_LONG, 1));
  }

  @Test
  void leavesOutTheSixteenReservedGroupsOnly() {
    List<PcapFrame> capture = new ArrayList<>();
    for (long last = 0; last < 0x20; last++) {
      capture.add(frame(ALICE, 0x0180_C200_0000L + last));
    }
    Selection selection = select(capture);
    assertThat(selection.leftOut()).containsExactly(Map.entry(Reason.LINK_LOCAL, 16));
    assertThat(selection.frames()).hasSize(16);
  }

  @Test
  void leavesOutNothingOfTheShippedCaptureWithRoomForTrailer() throws IOException {
    List<PcapFrame> capture = new ArrayList<>();
    try (InputStream in = TrafficSource.class.getResourceAsStream("capture.pcap");
        PcapReader reader = PcapReader.open(in, "capture.pcap")) {
      reader.forEachRemaining(capture::add);
    }
    int trailer = 8;
    Selection selection = TrafficSource.select(capture, GUEST1, GUEST2, 14 + 4 + 1500 - trailer);
    assertThat(selection.leftOut()).isEmpty();
    assertThat(selection.sentBy(GUEST1)).hasSizeGreaterThan(200);
    assertThat(selection.sentBy(GUEST2)).hasSizeGreaterThan(200);
    assertThat(selection.frames()).hasSameSizeAs(capture);
    assertThat(capture)
        .as("untagged frames fit the MTU with the trailer too")
        .allMatch(
            frame ->
                frame.bytes().length + trailer <= 1514
                    || frame.bytes()[12] == (byte) 0x81 && frame.bytes()[13] == 0);
  }

  @Test
  void readsOddFramesBackFromFile() throws IOException {
    Path file = OddCaptures.write(OddCaptures.oddFrames(), dir.resolve("odd.pcap"));
    List<PcapFrame> read = new ArrayList<>();
    try (PcapReader reader = PcapReader.open(file)) {
      reader.forEachRemaining(read::add);
    }
    assertThat(select(read).frames())
        .containsExactlyElementsOf(select(OddCaptures.oddFrames()).frames());
  }

  @Test
  void leavesCapturesThatAreNotEthernetToTheReadersRefusal() throws IOException {
    Path file = OddCaptures.writeLinuxCooked(dir.resolve("cooked.pcap"));
    assertThatIOException()
        .isThrownBy(() -> PcapReader.open(file))
        .withMessageContaining("link type 113 (Linux cooked");
  }

  @Test
  void refusesGuestsThatCannotBeTold() {
    List<PcapFrame> none = List.of();
    MacAddress group = new MacAddress(MacAddress.BROADCAST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrafficSource.select(none, GUEST1, GUEST1, LONGEST));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrafficSource.select(none, GUEST1, group, LONGEST));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrafficSource.select(none, GUEST1, GUEST2, 59))
        .withMessageContaining("59");
  }

  private static Selection select(PcapFrame... capture) {
    return select(List.of(capture));
  }

  private static Selection select(List<PcapFrame> capture) {
    return TrafficSource.select(capture, GUEST1, GUEST2, LONGEST);
  }

  private static PcapFrame frame(long source, long destination) {
    return captured(OddCaptures.frame(source, destination, 60, 0x0800));
  }

  private static PcapFrame captured(byte[] bytes) {
    return new PcapFrame(0, 0, bytes.length, bytes);
  }

  private static long source(byte[] frame) {
    return MacAddress.read(MemorySegment.ofArray(frame), 6);
  }

  private static long destination(byte[] frame) {
    return MacAddress.read(MemorySegment.ofArray(frame), 0);
  }
}
