// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import static dev.npa.cli.demo.OddCaptures.ALICE;
import static dev.npa.cli.demo.OddCaptures.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.npa.nic.MacAddress;
import dev.npa.nic.wire.PcapFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaptureSelectionTest {
  private static final long GROUP = 0x0100_5E00_0001L;
  private static final long SEED = 20_100_811;

  @TempDir Path dir;

  @Test
  void readsTheBuiltInCaptureWhole() throws IOException {
    CaptureSelection selection = CaptureSelection.of(Optional.empty());

    assertThat(selection.leftOut()).isEmpty();
    assertThat(selection.sentBy(0)).hasSizeGreaterThan(200);
    assertThat(selection.sentBy(1)).hasSizeGreaterThan(200);
    assertThat(selection.frames())
        .isEqualTo(selection.sentBy(0).size() + selection.sentBy(1).size());
    assertThat(selection.summary()).startsWith("the built-in capture: ");
  }

  @Test
  void tellsEachReasonForLeavingOutWithItsNumberOfFrames() throws IOException {
    CaptureSelection selection = select(OddCaptures.oddFrames());

    assertThat(selection.leftOut())
        .containsExactly(
            Map.entry("cut off by the capture's snapshot length", 2),
            Map.entry("shorter than an Ethernet header (14 bytes)", 2),
            Map.entry("longer than the guests' MTU allows", 3),
            Map.entry("sent from a group address, which no station has", 1),
            Map.entry(
                "to 01:80:c2:00:00:0x (PAUSE, LACP, STP, LLDP), which bridges do not forward", 1));
    assertThat(selection.frames()).isEqualTo(OddCaptures.oddFrames().size() - 9);
  }

  @Test
  void joinsTheVlansOfTaggedFramesAndNoOthers() throws IOException {
    CaptureSelection selection =
        select(
            captured(OddCaptures.frame(ALICE, BOB, 64, 0x8100, 0xE014, 0x0800)), // priority 7
            captured(OddCaptures.frame(BOB, ALICE, 64, 0x8100, 0x0FFF, 0x0800)),
            captured(OddCaptures.frame(ALICE, BOB, 64, 0x8100, 0x6000, 0x0800)), // VLAN 0
            captured(OddCaptures.frame(ALICE, BOB, 64, 0x88A8, 7, 0x8100, 42, 0x0800)));

    assertThat(selection.vlans()).containsExactly(0x014, 0xFFF);
    assertThat(selection.frames()).isEqualTo(4);
  }

  @Test
  void leavesOutVlansForWhichTheCardHasNoFilter() throws IOException {
    List<PcapFrame> capture = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int vid = 1; vid <= 40; vid++) {
        capture.add(captured(OddCaptures.frame(ALICE, BOB, 64, 0x8100, vid, 0x0800)));
      }
    }
    capture.add(captured(OddCaptures.frame(BOB, ALICE, 64, 0x0800)));

    CaptureSelection selection = select(capture);

    assertThat(selection.vlans()).hasSize(31).last().isEqualTo(31);
    assertThat(selection.leftOut())
        .containsExactly(Map.entry("on more VLANs than the card has filters", 18));
    assertThat(selection.sentBy(0)).hasSize(62);
    assertThat(selection.sentBy(1)).hasSize(1);
  }

  @Test
  void joinsGroupsOfBothStationsButNotBroadcast() throws IOException {
    CaptureSelection selection =
        select(
            captured(OddCaptures.frame(ALICE, GROUP, 60, 0x0800)),
            captured(OddCaptures.frame(BOB, GROUP + 1, 60, 0x0800)),
            captured(OddCaptures.frame(ALICE, GROUP, 60, 0x0800)),
            captured(OddCaptures.frame(BOB, MacAddress.BROADCAST, 60, 0x0806)));

    assertThat(selection.groups())
        .containsExactly(new MacAddress(GROUP), new MacAddress(GROUP + 1));
    assertThat(selection.frames()).isEqualTo(4);
  }

  @Test
  void leavesOutGroupsBeyondWhatAGuestCanJoin() throws IOException {
    List<PcapFrame> capture = new ArrayList<>();
    for (int i = 0; i < 350; i++) {
      capture.add(captured(OddCaptures.frame(ALICE, GROUP + i, 60, 0x0800)));
    }

    CaptureSelection selection = select(capture);

    assertThat(selection.groups()).hasSize(340);
    assertThat(selection.leftOut())
        .containsExactly(Map.entry("to more groups than a guest can join", 10));
  }

  @Test
  void letsBothGuestsSendWhatOneStationSent() throws IOException {
    CaptureSelection selection =
        select(
            captured(OddCaptures.frame(ALICE, BOB, 60, 0x0800)),
            captured(OddCaptures.frame(ALICE, BOB, 70, 0x0800)));

    assertThat(selection.sentBy(0)).hasSize(2);
    assertThat(selection.sentBy(1)).isEqualTo(selection.sentBy(0));
    assertThat(selection.frames()).isEqualTo(4);
    assertThat(selection.summary())
        .endsWith(
            "2 + 2 frames, 0 VLANs, 0 groups; all from one station, so both guests send the same"
                + " frames");
  }

  @Test
  void summarisesWhatItReplays() throws IOException {
    CaptureSelection selection =
        select(
            captured(OddCaptures.frame(ALICE, GROUP, 60, 0x8100, 5, 0x0800)),
            captured(OddCaptures.frame(BOB, ALICE, 60, 0x0800)),
            captured(OddCaptures.frame(BOB, ALICE, 60, 0x0800)));

    assertThat(selection.name()).isEqualTo(dir.resolve("x.pcap").toString());
    assertThat(selection.summary())
        .isEqualTo(selection.name() + ": 1 + 2 frames, 1 VLANs, 1 groups");
  }

  @Test
  void refusesACaptureWithoutFrames() {
    assertThatIOException()
        .isThrownBy(() -> select())
        .withMessage(dir.resolve("x.pcap") + " holds no frame that can be replayed");
  }

  @Test
  void refusesACaptureOfWhichNothingIsLeftAndTellsWhy() {
    assertThatIOException()
        .isThrownBy(
            () ->
                select(
                    captured(new byte[13]),
                    captured(new byte[0]),
                    captured(OddCaptures.frame(ALICE, BOB, 9000, 0x0800))))
        .withMessage(
            dir.resolve("x.pcap")
                + " holds no frame that can be replayed: 2 shorter than an Ethernet header"
                + " (14 bytes); 1 longer than the guests' MTU allows");
  }

  @Test
  void refusesWhatIsNoEthernetCapture() throws IOException {
    Path cooked = OddCaptures.writeLinuxCooked(dir.resolve("cooked.pcap"));

    assertThatIOException()
        .isThrownBy(() -> of(cooked))
        .withMessageContaining("cooked.pcap")
        .withMessageContaining("link type 113");
  }

  @Test
  void refusesWhatIsNoCapture() throws IOException {
    Path text = Files.writeString(dir.resolve("notes.txt"), "not a capture, but long enough");

    assertThatIOException()
        .isThrownBy(() -> of(text))
        .withMessageContaining("notes.txt")
        .withMessageContaining("neither pcap's nor pcapng's");
  }

  @Test
  void refusesAnEmptyFileAndADirectoryByName() throws IOException {
    Path empty = Files.createFile(dir.resolve("empty.pcap"));

    assertThatIOException().isThrownBy(() -> of(empty)).withMessageContaining("empty.pcap");
    assertThatIOException().isThrownBy(() -> of(dir)).withMessage(dir + ": is a directory");
    assertThatIOException()
        .isThrownBy(() -> of(dir.resolve("missing")))
        .withMessageContaining("missing");
  }

  @Test
  void refusesACaptureCutAnywhereButBetweenFrames() throws IOException {
    byte[] whole = Files.readAllBytes(file(OddCaptures.oddFrames().subList(0, 3)));
    Path cut = dir.resolve("cut.pcap");
    int[] ends = {24 + 16 + 98, 24 + 2 * (16 + 98)};
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      if (Arrays.binarySearch(ends, length) >= 0) {
        assertThat(of(cut).frames()).isPositive();
      } else {
        assertThatIOException().as("%d bytes", length).isThrownBy(() -> of(cut));
      }
    }
  }

  /// Whatever the file holds: frames to replay, or an IOException; any other exception fails.
  @Test
  void readsOrRefusesWhateverTheFileHolds() throws IOException {
    byte[] whole = Files.readAllBytes(file(OddCaptures.oddFrames().subList(0, 12)));
    Path damaged = dir.resolve("damaged.pcap");
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(i % 2 == 0 ? 200 : bytes.length)] = (byte) random.nextInt();
      }
      Files.write(damaged, bytes);
      try {
        assertThat(of(damaged).frames()).as("seed %d, capture %d", SEED, i).isPositive();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("damaged.pcap");
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 499);
  }

  private CaptureSelection select(PcapFrame... capture) throws IOException {
    return select(List.of(capture));
  }

  private CaptureSelection select(List<PcapFrame> capture) throws IOException {
    return of(file(capture));
  }

  private Path file(List<PcapFrame> capture) throws IOException {
    return OddCaptures.write(capture, dir.resolve("x.pcap"));
  }

  private static CaptureSelection of(Path file) throws IOException {
    return CaptureSelection.of(Optional.of(file));
  }

  private static PcapFrame captured(byte[] bytes) {
    return new PcapFrame(0, 0, bytes.length, bytes);
  }
}
