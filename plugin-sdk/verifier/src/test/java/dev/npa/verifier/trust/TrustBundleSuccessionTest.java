// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.SampleBundle;
import dev.npa.verifier.packaging.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// One bundle after another.
final class TrustBundleSuccessionTest {
  private static final Instant NOW = Samples.NOW;

  @Test
  void refusesABundleByAKeyThatTheOneBeforeRevokes() {
    BundleContents inForce = taken(draft().revoke(SampleBundle.signer(), NOW));

    Refusal refusal = refused(check(inForce));

    assertThat(refusal.rule()).isEqualTo(RuleId.T002_BUNDLE_SIGNATURE);
    assertThat(refusal.detail()).contains("NPA-T006", "CN=trust bundles", "revoked since");
  }

  @Test
  void refusesABundleBelowARootThatTheOneBeforeRevokes() {
    BundleContents inForce = taken(draft().revoke(Samples.PKI.root(), NOW));

    assertThat(refused(check(inForce)).detail()).contains("NPA-T006", "revoked since");
  }

  @Test
  void takesABundleByAKeyThatIsRevokedFromALaterTimeOn() {
    BundleContents inForce = taken(draft().revoke(SampleBundle.signer(), NOW.plusSeconds(1)));

    assertThat(check(inForce)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void remembersWhatABundleRevokesThatHasExpired() {
    BundleDraft expired = draft().expires(NOW.minusSeconds(1)).revoke(SampleBundle.signer(), NOW);

    assertThat(taken(expired).revoked()).hasSize(1);
  }

  @Test
  void refusesOtherContentsUnderTheSameSerialNumber() {
    BundleContents inForce = taken(draft().deny("0".repeat(96), "advisory 7"));

    Refusal refusal = refused(check(draft(), inForce));

    assertThat(refusal.rule()).isEqualTo(RuleId.T004_BUNDLE_ROLLBACK);
    assertThat(refusal.detail()).isEqualTo("serial 118, which was taken with other contents");
  }

  @Test
  void takesTheSameBundleAgain() {
    assertThat(check(draft(), taken(draft()))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void refusesToReadWhatIsNoBundle() {
    assertThat(TrustBundle.contentsOf(new byte[] {1, 2, 3})).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void saysWhichPartOfABundleCannotBe() {
    unfit(() -> draft().serial(0).contents(), "serial 0, not 1 to 999999999999999999");
    unfit(
        () -> draft().serial(1_000_000_000_000_000_000L).contents(),
        "serial 1000000000000000000, not 1 to");
    unfit(() -> draft().minimumFormat(0).contents(), "package format 0; the first is 1");
    unfit(
        () -> draft().expires(Instant.EPOCH).contents(),
        "expires 1970-01-01T00:00:00Z, not after its issue at");
    unfit(
        () -> draft().minimum("example.nic", -4).contents(),
        "minimum of example.nic: generation -4, not 1 to");
    unfit(
        () -> draft().minimum("ACME/../x", 4).contents(), "minimum of ACME/../x: not a plugin id");
    unfit(() -> draft().minimum("a".repeat(65), 4).contents(), "not a plugin id");
    unfit(() -> new BundleDraft(NOW).serial(1).expires(NOW.plusSeconds(1)).contents(), "no root");
  }

  private static void unfit(ThrowingCallable draft, String why) {
    assertThatIllegalArgumentException().isThrownBy(draft).withMessageContaining(why);
  }

  private static BundleDraft draft() {
    return SampleBundle.draft();
  }

  private static BundleContents taken(BundleDraft draft) {
    return switch (TrustBundle.contentsOf(SampleBundle.signed(draft.contents()))) {
      case Verdict.Accepted<BundleContents>(BundleContents contents) -> contents;
      case Verdict.Refused<BundleContents>(List<Refusal> refusals) ->
          throw new AssertionError(refusals.toString());
    };
  }

  private static Refusal refused(Verdict<TrustBundle> verdict) {
    return switch (verdict) {
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) -> refusals.getFirst();
      case Verdict.Accepted<TrustBundle> _ -> throw new AssertionError("accepted");
    };
  }

  private static Verdict<TrustBundle> check(BundleContents inForce) {
    return check(draft().serial(119), inForce);
  }

  private static Verdict<TrustBundle> check(BundleDraft next, BundleContents inForce) {
    return TrustBundle.check(
        SampleBundle.signed(next.contents()),
        Samples.ANCHORS,
        TrustPolicy.STANDARD,
        Optional.of(inForce),
        NOW);
  }
}
