// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.cli.demo.BadPackages.BadPackage;
import dev.npa.cli.demo.DemoReport.Direction;
import dev.npa.cli.demo.DemoReport.GuestPaths;
import dev.npa.cli.demo.DemoReport.RefusedPackage;
import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.VmMode;
import dev.npa.nic.MacAddress;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.ShellMode;
import dev.npa.shell.ShellStatistics;
import dev.npa.shell.SwitchRecord;
import dev.npa.testbed.Await;
import dev.npa.testbed.Flow;
import dev.npa.testbed.Guest;
import dev.npa.testbed.ReplayFrames;
import dev.npa.testbed.SamplePlugin;
import dev.npa.testbed.Testbed;
import dev.npa.verifier.Gate;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.StageTiming;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The main job, end to end: two guests exchange real traffic while their paths change under it.
final class Demo implements AutoCloseable {
  /// MTU of the guests: that of Ethernet, and room for the trailer behind a full frame.
  static final int MTU = 1500 + ReplayFrames.TRAILER_BYTES;

  /// Longest captured frame that is replayed: headers, one 802.1Q tag, 1500 bytes.
  static final int MAX_FRAME_BYTES = 14 + 4 + 1500;

  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(20);
  private static final Duration STANDSTILL = Duration.ofSeconds(5);

  /// Guests to change, in turn. Eight entries bring both guests to passthrough and back, by way of
  /// every combination.
  private static final int[] TURNS = {0, 1, 0, 0, 1, 1, 0, 1};

  private static final int MAC_CHANGE_AFTER_SWITCH = 2;
  private static final long MAC_CHANGE_BIT = 1L << 15;

  private final DemoPlan plan;
  private final Consumer<String> progress;
  private final ThrowawayPki pki;
  private final SamplePlugin plugin;
  private final Testbed testbed;
  private final DemoTraffic traffic;
  private final ModeThroughput throughput = new ModeThroughput();
  private final List<String> failures = new ArrayList<>();
  private String macChange = "none: fewer than two switches";

  Demo(DemoPlan plan, Consumer<String> progress) throws IOException, GeneralSecurityException {
    this.plan = plan;
    this.progress = progress;
    CaptureSelection selection = CaptureSelection.of(plan.capture());
    pki = ThrowawayPki.create("Kawela sample vendor", Instant.now());
    plugin = SamplePlugin.fromImage(plan.image());
    testbed = new Testbed(pki.trustAnchors(), ShellConfig.ofMtu(MTU));
    try {
      traffic = DemoTraffic.between(testbed.guests(), selection);
    } catch (IOException | RuntimeException e) {
      testbed.close();
      throw e;
    }
  }

  DemoReport run() throws IOException, GeneralSecurityException {
    byte[] signed = plugin.signedPackage(pki.vendorKey());
    List<StageTiming> gate = Gate.admit(signed, pki.trustAnchors(), Instant.now()).timings();
    progress.accept("replaying " + traffic.selection().summary());
    throughput.start(System.nanoTime());
    traffic.start();

    reach(plan.frames() / 20);
    List<RefusedPackage> refused = offerBadPackages();
    accept(signed);
    List<SwitchRecord> switches = changePaths();
    reach(plan.frames());
    traffic.stop();
    if (!Await.whileProgressing(traffic::settled, traffic::received, STANDSTILL)) {
      failures.add("some frames never arrived");
    }
    endPeriod();
    return new DemoReport(
        traffic.selection().name(),
        traffic.selection().frames(),
        traffic.selection().leftOut(),
        directions(),
        testbed.guests().stream().map(Demo::paths).toList(),
        throughput.shares(),
        gate,
        refused,
        switches,
        macChange,
        failures);
  }

  private void accept(byte[] signed) {
    if (testbed.store().offer(signed)
        instanceof Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals)) {
      failures.add("the store refused the sample plugin: " + refusals);
    }
  }

  private List<RefusedPackage> offerBadPackages() throws IOException, GeneralSecurityException {
    List<RefusedPackage> refused = new ArrayList<>();
    for (BadPackage bad : BadPackages.madeFrom(plugin, pki.vendorKey())) {
      long before = traffic.received();
      List<Refusal> byStore =
          switch (testbed.store().offer(bad.bytes())) {
            case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) -> refusals;
            case Verdict.Accepted<VerifiedPlugin> _ -> List.of();
          };
      List<Refusal> byShell = inject(bad);
      // Still connected: traffic must go on after the refusal as well.
      if (!Await.until(() -> traffic.received() > before + 2 * Flow.WINDOW, STANDSTILL)) {
        failures.add("traffic stopped when the package was offered: " + bad.what());
      }
      if (byStore.isEmpty() || byShell.isEmpty()) {
        failures.add("a gate let a package through: " + bad.what());
      }
      RefusedPackage result =
          new RefusedPackage(bad.what(), byStore, byShell, traffic.received() - before);
      progress.accept(
          "refused by store and shell: %s (%s)"
              .formatted(bad.what(), byShell.isEmpty() ? "-" : byShell.getFirst().rule().id()));
      refused.add(result);
    }
    return refused;
  }

  /// Past the store, as a careless hypervisor would.
  private List<Refusal> inject(BadPackage bad) {
    Guest guest = testbed.guests().getFirst();
    int logged = guest.call(() -> guest.shell().switchLog()).size();
    testbed.hypervisor().offerPackage(guest.vm(), bad.bytes());
    boolean answered =
        Await.until(
            () -> guest.call(() -> guest.shell().switchLog()).size() > logged, SWITCH_LIMIT);
    return answered
        ? guest.call(() -> guest.shell().switchLog()).get(logged).refusals()
        : List.of();
  }

  private List<SwitchRecord> changePaths() {
    for (int i = 0; i < plan.switches() && failures.isEmpty(); i++) {
      reach(plan.frames() / 10 + plan.frames() * 8 / 10 * i / plan.switches());
      change(testbed.guests().get(TURNS[i % TURNS.length]));
      if (i + 1 == MAC_CHANGE_AFTER_SWITCH) {
        changeMac(testbed.guests().getLast());
      }
    }
    List<SwitchRecord> records = new ArrayList<>();
    for (Guest guest : testbed.guests()) {
      records.addAll(
          guest.call(() -> guest.shell().switchLog()).stream()
              .filter(record -> record.outcome() != SwitchRecord.Outcome.REFUSED)
              .toList());
    }
    for (SwitchRecord record : records) {
      switch (record.outcome()) {
        case TO_PASSTHROUGH, TO_EMULATED -> {}
        case REFUSED, RECALLED, DECLINED, WITHDRAWN, FAULTED ->
            failures.add("a switch ended as " + record.outcome() + ": " + record.detail());
      }
    }
    return records;
  }

  private void change(Guest guest) {
    boolean attach = guest.vm().mode() == VmMode.EMULATED;
    progress.accept(
        "%,d frames delivered; %s %s"
            .formatted(
                traffic.received(), attach ? "attaching a VF to" : "detaching", guest.name()));
    endPeriod();
    if (attach) {
      Attach answer = testbed.hypervisor().attachVf(guest.vm());
      if (answer != Attach.OFFERED) {
        failures.add("no virtual function for " + guest.name() + ": " + answer);
        return;
      }
    } else {
      testbed.hypervisor().detachVf(guest.vm());
    }
    VmMode hostSide = attach ? VmMode.PASSTHROUGH : VmMode.EMULATED;
    ShellMode guestSide = attach ? ShellMode.PASSTHROUGH : ShellMode.EMULATED;
    if (!Await.until(
        () -> guest.vm().mode() == hostSide && mode(guest) == guestSide, SWITCH_LIMIT)) {
      failures.add(
          "%s is %s for the host and %s for its shell, not in %s"
              .formatted(guest.name(), guest.vm().mode(), mode(guest), guestSide));
    }
  }

  /// With frames on their way to the old address nobody could say what became of them: the flows
  /// are let run dry first.
  private void changeMac(Guest guest) {
    traffic.pause(true);
    if (!Await.whileProgressing(traffic::settled, traffic::received, STANDSTILL)) {
      failures.add("frames were still missing before the MAC change");
      return;
    }
    MacAddress old = guest.call(() -> guest.shell().mac());
    MacAddress wanted = new MacAddress(old.value() ^ MAC_CHANGE_BIT);
    if (!guest.call(() -> guest.shell().setMac(wanted))) {
      failures.add("the MAC address could not be changed");
    }
    macChange = "%s: %s -> %s in mode %s".formatted(guest.name(), old, wanted, mode(guest));
    progress.accept("changed MAC of " + macChange);
    traffic.readdress();
    traffic.pause(false);
  }

  private void reach(long frames) {
    if (!Await.whileProgressing(
        () -> traffic.leastSent() >= frames, traffic::received, STANDSTILL)) {
      failures.add("traffic stands still at %,d frames".formatted(traffic.received()));
    }
  }

  private void endPeriod() {
    int passthrough =
        (int) testbed.guests().stream().filter(g -> g.vm().mode() == VmMode.PASSTHROUGH).count();
    throughput.end(
        ModeThroughput.Paths.of(passthrough),
        System.nanoTime(),
        traffic.received(),
        traffic.receivedBytes());
  }

  private List<Direction> directions() {
    String first = testbed.guests().getFirst().name();
    String second = testbed.guests().getLast().name();
    return List.of(
        new Direction(first + " -> " + second, traffic.flow(0)),
        new Direction(second + " -> " + first, traffic.flow(1)));
  }

  private static ShellMode mode(Guest guest) {
    return guest.call(() -> guest.shell().mode());
  }

  private static GuestPaths paths(Guest guest) {
    ShellStatistics statistics = guest.call(() -> guest.shell().statistics());
    return new GuestPaths(
        guest.name(), statistics.emulated(), statistics.passthrough(), statistics.framesResent());
  }

  @Override
  public void close() {
    testbed.close();
  }
}
