// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.Attach;
import dev.npa.hypervisor.VmMode;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.ShellMode;
import dev.npa.shell.SwitchRecord;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.packaging.ThrowawayPki;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the hypervisor takes and the guest does not, and the reverse.
final class GuestsOwnTrustTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ShellConfig CONFIG = ShellConfig.ofMtu(1500);

  private TrustAnchors anchors;
  private byte[] packaged;

  @BeforeEach
  void signsAPackage() throws Exception {
    ThrowawayPki pki = ThrowawayPki.create("One vendor", Instant.now());
    anchors = pki.trustAnchors();
    packaged = FourVendorsTest.vendor(0, pki);
  }

  @Test
  void guestRefusesWhatItsOwnerDeniesAlthoughTheHypervisorOffersIt() {
    try (Testbed host = new Testbed(anchors, CONFIG, 1, Cores.TWO, guestDenying())) {
      Guest guest = host.guests().getFirst();
      assertThat(host.store().offer(packaged)).isInstanceOf(Verdict.Accepted.class);

      assertThat(host.hypervisor().attachVf(guest.vm())).isEqualTo(Attach.OFFERED);

      assertThat(refusals(guest)).extracting(Refusal::rule).containsExactly(RuleId.T007_DENIED);
      assertThat(host.administer(() -> guest.vm().mode())).isNotEqualTo(VmMode.PASSTHROUGH);
      assertThat(guest.call(() -> guest.shell().mode())).isEqualTo(ShellMode.EMULATED);
    }
  }

  @Test
  void hypervisorOffersNothingThatItsOwnerDenies() {
    try (Testbed host = new Testbed(anchors, CONFIG, 1, Cores.TWO)) {
      host.store().trust(denying());

      Verdict<VerifiedPlugin> verdict = host.store().offer(packaged);

      assertThat(verdict).isInstanceOf(Verdict.Refused.class);
      assertThat(((Verdict.Refused<VerifiedPlugin>) verdict).refusals())
          .extracting(Refusal::rule)
          .containsExactly(RuleId.T007_DENIED);
      assertThat(host.hypervisor().attachVf(host.guests().getFirst().vm()))
          .isNotEqualTo(Attach.OFFERED);
    }
  }

  /// Asks the gate itself for the id that an owner would deny.
  private Trust denying() {
    try (Testbed asked = new Testbed(anchors, CONFIG, 1, Cores.NONE)) {
      return switch (asked.store().offer(packaged)) {
        case Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin) ->
            Trust.of(anchors).denying(List.of(new Denial(plugin.payloadId(), "recalled")));
        case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) ->
            throw new AssertionError(refusals);
      };
    }
  }

  private Driver guestDenying() {
    return Driver.trusting(denying());
  }

  private static List<Refusal> refusals(Guest guest) {
    assertThat(Await.until(() -> !guest.call(() -> guest.shell().switchLog()).isEmpty(), LIMIT))
        .isTrue();
    SwitchRecord last = guest.call(() -> guest.shell().switchLog()).getLast();
    assertThat(last.outcome()).isEqualTo(SwitchRecord.Outcome.REFUSED);
    return last.refusals();
  }
}
