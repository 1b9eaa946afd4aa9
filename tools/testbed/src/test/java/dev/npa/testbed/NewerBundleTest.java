// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.HypervisorEvent;
import dev.npa.hypervisor.VmMode;
import dev.npa.shell.Shell;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.ShellMode;
import dev.npa.shell.SwitchRecord;
import dev.npa.shell.SwitchRecord.Outcome;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.BundleSigner;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.packaging.ThrowawayPki;
import dev.npa.verifier.trust.BundleDraft;
import dev.npa.verifier.trust.TrustBundle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A newer trust bundle comes while two guests exchange traffic over a plugin that it speaks
/// against. Hypervisor and guests each take it, or not; no frame is lost either way.
final class NewerBundleTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int FRAMES = 5_000;
  private static final String PLUGIN = "example.v0.vf";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final List<Flow> flows = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();
  private ThrowawayPki pki;
  private Testbed host;

  @BeforeEach
  void runsTrafficOverThePlugin() throws Exception {
    pki = ThrowawayPki.create("One vendor", now);
    host = new Testbed(pki.trustAnchors(), ShellConfig.ofMtu(1500));
    connect(0, 1);
    connect(1, 0);
    taken(host.store().update(bundle(draft(1))));
    for (Guest guest : host.guests()) {
      taken(update(guest, bundle(draft(1))));
    }
    assertThat(host.store().offer(FourVendorsTest.vendor(0, pki)))
        .isInstanceOf(Verdict.Accepted.class);
    for (Guest guest : host.guests()) {
      assertThat(host.hypervisor().attachVf(guest.vm())).isEqualTo(Attach.OFFERED);
      reach(guest, ShellMode.PASSTHROUGH);
    }
    traffic();
  }

  @AfterEach
  void everyFrameArrivedOnceInOrderAndIntact() {
    try {
      traffic();
      senders.forEach(sender -> sender.pause(true));
      assertThat(Await.until(() -> flows.stream().allMatch(Flow::settled), LIMIT)).isTrue();
      assertThat(flows).extracting(Flow::tally).allMatch(Flow.Tally::perfect);
      assertThat(flows)
          .allMatch(flow -> flow.tally(Flow.Path.PASSTHROUGH).received() >= FRAMES)
          .allMatch(flow -> flow.tally(Flow.Path.EMULATED).received() > 0);
    } finally {
      host.close();
    }
  }

  @Test
  void hypervisorTakesTheFunctionBackFromAPluginBelowTheMinimumGeneration() throws Exception {
    taken(host.store().update(bundle(draft(2).minimum(PLUGIN, 2))));

    for (Guest guest : host.guests()) {
      reach(guest, ShellMode.EMULATED);
      assertThat(last(guest).outcome()).isEqualTo(Outcome.TO_EMULATED);
      assertThat(host.hypervisor().attachVf(guest.vm())).isEqualTo(Attach.NO_PLUGIN);
    }
    assertThat(host.hypervisor().events())
        .filteredOn(event -> event.kind() == HypervisorEvent.Kind.PLUGIN_RECALLED)
        .extracting(HypervisorEvent::detail)
        .hasSize(2)
        .allMatch(detail -> detail.startsWith("NPA-T003 plugin example.v0.vf: generation 1 < 2"));
    assertThat(host.hypervisor().quarantined()).isEmpty();
  }

  @Test
  void hypervisorTakesTheFunctionBackFromAPluginWhoseSignerIsRevoked() throws Exception {
    taken(host.store().update(bundle(draft(2).revoke(pki.vendorKey().chain().getFirst(), now))));

    host.guests().forEach(guest -> reach(guest, ShellMode.EMULATED));
    assertThat(host.store().plugins()).isEmpty();
  }

  @Test
  void guestLeavesADeniedPluginWhateverTheHypervisorThinks() throws Exception {
    String payload = host.store().plugins().getFirst().payloadId();
    Guest guest = host.guests().getFirst();

    taken(update(guest, bundle(draft(2).deny(payload, "advisory 7"))));

    reach(guest, ShellMode.EMULATED);
    assertThat(last(guest).outcome()).isEqualTo(Outcome.RECALLED);
    assertThat(last(guest).refusals())
        .extracting(Refusal::rule)
        .containsExactly(RuleId.T007_DENIED);
    assertThat(Await.until(() -> guest.vm().mode() == VmMode.EMULATED, LIMIT)).isTrue();
    assertThat(guest.call(() -> host.guests().getLast().shell().mode()))
        .isEqualTo(ShellMode.PASSTHROUGH);

    assertThat(host.hypervisor().attachVf(guest.vm())).isEqualTo(Attach.OFFERED);
    assertThat(
            Await.until(
                () -> guest.call(() -> last(guest.shell()).outcome()) == Outcome.REFUSED, LIMIT))
        .isTrue();
  }

  @Test
  void bothKeepThePluginUnderABundleThatIsOlder() throws Exception {
    taken(host.store().update(bundle(draft(9))));
    byte[] older = bundle(draft(8).minimum(PLUGIN, 2));

    refused(host.store().update(older));
    Guest guest = host.guests().getFirst();
    taken(update(guest, bundle(draft(9))));
    refused(update(guest, older));

    traffic();
    assertThat(guest.vm().mode()).isEqualTo(VmMode.PASSTHROUGH);
    assertThat(host.hypervisor().detachVf(guest.vm())).isTrue();
    reach(guest, ShellMode.EMULATED);
  }

  private BundleDraft draft(long serial) {
    return new BundleDraft(now)
        .serial(serial)
        .expires(now.plus(Duration.ofDays(1)))
        .roots(pki.trustAnchors().roots());
  }

  private byte[] bundle(BundleDraft draft) throws Exception {
    return BundleSigner.sign(draft.contents(), SigningRequest.of(now, pki.bundleKey()));
  }

  private static Verdict<TrustBundle> update(Guest guest, byte[] bundle) {
    return guest.call(() -> guest.shell().update(bundle)).join();
  }

  private static void taken(Verdict<TrustBundle> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
  }

  private static void refused(Verdict<TrustBundle> verdict) {
    assertThat(((Verdict.Refused<TrustBundle>) verdict).refusals())
        .extracting(Refusal::rule)
        .containsExactly(RuleId.T004_BUNDLE_ROLLBACK);
  }

  private static SwitchRecord last(Guest guest) {
    return guest.call(() -> last(guest.shell()));
  }

  private static SwitchRecord last(Shell shell) {
    return shell.switchLog().getLast();
  }

  private static void reach(Guest guest, ShellMode mode) {
    assertThat(Await.until(() -> guest.call(() -> guest.shell().mode()) == mode, LIMIT))
        .as("%s in %s", guest.name(), mode)
        .isTrue();
  }

  private void connect(int from, int to) {
    byte[] frame = new byte[200];
    frame[12] = (byte) 0x88;
    frame[13] = (byte) 0xB5;
    ReplayFrames frames = new ReplayFrames(List.of(frame));
    Guest sender = host.guests().get(from);
    Guest receiver = host.guests().get(to);
    frames.readdress(sender.vm().mac(), receiver.vm().mac());
    Flow flow = new Flow(frames);
    flows.add(flow);
    receiver.receiveInto(flow::arrived);
    Sender program = new Sender(sender.shell(), flow);
    senders.add(program);
    sender.run(program);
  }

  /// Waits until that many more frames have gone each way.
  private void traffic() {
    for (Flow flow : flows) {
      long target = flow.received() + FRAMES;
      assertThat(Await.until(() -> flow.received() >= target, LIMIT)).isTrue();
    }
  }
}
