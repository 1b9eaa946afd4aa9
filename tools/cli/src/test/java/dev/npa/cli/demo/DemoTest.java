// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.npa.cli.TestImage;
import dev.npa.cli.demo.DemoReport.GuestPaths;
import dev.npa.cli.demo.DemoReport.RefusedPackage;
import dev.npa.nic.wire.PcapFrame;
import dev.npa.shell.SwitchRecord;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.verifier.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real demo, small: a host, two guests, the sample plugin, the gates.
final class DemoTest {
  private static final int FRAMES = 5_000;
  private static final int SWITCHES = 8;
  private static final long GROUP = 0x0100_5E00_0001L;

  @TempDir static Path image;

  @TempDir Path dir;

  private final List<String> progress = new ArrayList<>();

  @BeforeAll
  static void makeImage() throws IOException {
    TestImage.in(image);
  }

  @Test
  void deliversEveryFrameWhilePathsChangeAndBadPackagesAreRefused() throws Exception {
    DemoReport report = run(Optional.empty(), SWITCHES);

    assertPerfect(report);
    assertThat(report.leftOut()).isEmpty();
    assertSwitchedBothWays(report);
    for (GuestPaths guest : report.guests()) {
      assertThat(guest.emulated().framesSent()).as(guest.name()).isPositive();
      assertThat(guest.emulated().framesReceived()).as(guest.name()).isPositive();
      assertThat(guest.passthrough().framesSent()).as(guest.name()).isPositive();
      assertThat(guest.passthrough().framesReceived()).as(guest.name()).isPositive();
    }
    assertThat(report.throughput()).hasSize(3);
    assertThat(report.gate()).isNotEmpty();
    assertBadPackagesRefused(report.refused());
    assertThat(report.macChange())
        .isEqualTo("guest-2: 52:54:00:00:00:02 -> 52:54:00:00:80:02 in mode PASSTHROUGH");
  }

  @Test
  void deliversEveryFrameOfAnOddCapture() throws Exception {
    Path odd = OddCaptures.write(OddCaptures.oddFrames(), dir.resolve("odd.pcap"));

    DemoReport report = run(Optional.of(odd), SWITCHES);

    assertPerfect(report);
    assertSwitchedBothWays(report);
    assertThat(report.capture()).isEqualTo(odd.toString());
    assertThat(report.framesReplayed()).isEqualTo(OddCaptures.oddFrames().size() - 9);
    assertThat(report.leftOut().values()).containsExactly(2, 2, 3, 1, 1);
  }

  /// All that the card and the guests have filters for, and more than that; from one station.
  @Test
  void deliversEveryFrameOfMoreVlansAndGroupsThanThereAreFilters() throws Exception {
    List<PcapFrame> capture = new ArrayList<>();
    for (int i = 0; i < 350; i++) {
      capture.add(captured(OddCaptures.frame(OddCaptures.ALICE, GROUP + i, 60, 0x0800)));
    }
    for (int vid = 4095; vid > 4055; vid--) {
      capture.add(
          captured(OddCaptures.frame(OddCaptures.ALICE, OddCaptures.BOB, 64, 0x8100, vid, 0x0800)));
    }
    Path many = OddCaptures.write(capture, dir.resolve("many.pcap"));

    DemoReport report = run(Optional.of(many), 2);

    assertPerfect(report);
    assertThat(report.framesReplayed()).isEqualTo(2 * (340 + 31));
    assertThat(report.leftOut())
        .isEqualTo(
            Map.of(
                "to more groups than a guest can join", 10,
                "on more VLANs than the card has filters", 9));
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    new Demo(plan(Optional.empty(), 0), progress::add).close();

    assertThatIOException()
        .isThrownBy(() -> new Demo(plan(Optional.of(dir), 0), progress::add).close())
        .withMessageContaining("directory");

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("host", "guests");
  }

  private DemoReport run(Optional<Path> capture, int switches)
      throws IOException, GeneralSecurityException {
    try (Demo demo = new Demo(plan(capture, switches), progress::add)) {
      return demo.run();
    }
  }

  private static DemoPlan plan(Optional<Path> capture, int switches) {
    return new DemoPlan(capture, FRAMES, switches, image);
  }

  private void assertPerfect(DemoReport report) {
    assertThat(report.failures()).as("%s", progress).isEmpty();
    assertThat(report.perfect()).as("%s", report.directions()).isTrue();
    assertThat(report.directions())
        .hasSize(2)
        .allMatch(direction -> direction.tally().sent() >= FRAMES)
        .allMatch(direction -> direction.tally().received() == direction.tally().sent());
  }

  private static void assertSwitchedBothWays(DemoReport report) {
    assertThat(report.switches())
        .hasSize(SWITCHES)
        .extracting(SwitchRecord::outcome)
        .containsOnly(Outcome.TO_PASSTHROUGH, Outcome.TO_EMULATED);
    assertThat(report.switches())
        .filteredOn(record -> record.outcome() == Outcome.TO_PASSTHROUGH)
        .hasSize(SWITCHES / 2);
  }

  private static void assertBadPackagesRefused(List<RefusedPackage> refused) {
    assertThat(refused).hasSize(3);
    for (RefusedPackage bad : refused) {
      assertThat(ids(bad.byStore())).as(bad.what()).isNotEmpty().isEqualTo(ids(bad.byShell()));
      assertThat(bad.framesMeanwhile()).as(bad.what()).isPositive();
    }
    assertThat(ids(refused.get(0).byShell())).containsExactly("NPA-S001");
    assertThat(ids(refused.get(1).byShell())).contains("NPA-L003");
    assertThat(ids(refused.get(2).byShell())).containsAnyOf("NPA-B010", "NPA-B012");
  }

  private static List<String> ids(List<Refusal> refusals) {
    return refusals.stream().map(refusal -> refusal.rule().id()).toList();
  }

  private static PcapFrame captured(byte[] bytes) {
    return new PcapFrame(0, 0, bytes.length, bytes);
  }
}
