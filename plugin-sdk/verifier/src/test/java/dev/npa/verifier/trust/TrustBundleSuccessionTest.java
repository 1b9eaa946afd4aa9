// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.SampleBundle;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.trust.BundleContents.Revocation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One bundle after another.
final class TrustBundleSuccessionTest {
  private static final Instant NOW = Samples.NOW;

  @Test
  void refusesABundleByAKeyThatTheOneBeforeRevokes() {
    List<Revocation> inForce = revokedBy(draft().revoke(SampleBundle.signer(), NOW));

    Refusal refusal = refused(check(inForce));

    assertThat(refusal.rule()).isEqualTo(RuleId.T002_BUNDLE_SIGNATURE);
    assertThat(refusal.detail()).contains("NPA-T006", "CN=trust bundles", "revoked since");
  }

  @Test
  void refusesABundleBelowARootThatTheOneBeforeRevokes() {
    List<Revocation> inForce = revokedBy(draft().revoke(Samples.PKI.root(), NOW));

    assertThat(refused(check(inForce)).detail()).contains("NPA-T006", "revoked since");
  }

  @Test
  void takesABundleByAKeyThatIsRevokedFromALaterTimeOn() {
    List<Revocation> inForce = revokedBy(draft().revoke(SampleBundle.signer(), NOW.plusSeconds(1)));

    assertThat(check(inForce)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void remembersWhatABundleRevokesThatHasExpired() {
    BundleDraft expired = draft().expires(NOW.minusSeconds(1)).revoke(SampleBundle.signer(), NOW);

    assertThat(revokedBy(expired)).hasSize(1);
  }

  @Test
  void refusesToReadWhatIsNoBundle() {
    assertThat(TrustBundle.revokedBy(new byte[] {1, 2, 3})).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void saysWhichPartOfABundleCannotBe() {
    unfit(draft().serial(0), "serial 0, not 1 to 999999999999999999");
    unfit(draft().serial(1_000_000_000_000_000_000L), "serial 1000000000000000000, not 1 to");
    unfit(draft().minimumFormat(0), "package format 0; the first is 1");
    unfit(draft().expires(Instant.EPOCH), "expires 1970-01-01T00:00:00Z, not after its issue at");
    unfit(draft().minimum("example.nic", -4), "minimum of example.nic: generation -4, not 1 to");
    unfit(draft().minimum("ACME/../x", 4), "minimum of ACME/../x: not a plugin id");
    unfit(draft().minimum("a".repeat(65), 4), "not a plugin id");
    unfit(new BundleDraft(NOW).serial(1).expires(NOW.plusSeconds(1)), "no root");
  }

  private static void unfit(BundleDraft draft, String why) {
    assertThatIllegalArgumentException().isThrownBy(draft::contents).withMessageContaining(why);
  }

  private static BundleDraft draft() {
    return SampleBundle.draft();
  }

  private static List<Revocation> revokedBy(BundleDraft draft) {
    return switch (TrustBundle.revokedBy(SampleBundle.signed(draft.contents()))) {
      case Verdict.Accepted<List<Revocation>>(List<Revocation> revoked) -> revoked;
      case Verdict.Refused<List<Revocation>>(List<Refusal> refusals) ->
          throw new AssertionError(refusals.toString());
    };
  }

  private static Refusal refused(Verdict<TrustBundle> verdict) {
    return switch (verdict) {
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) -> refusals.getFirst();
      case Verdict.Accepted<TrustBundle> _ -> throw new AssertionError("accepted");
    };
  }

  private static Verdict<TrustBundle> check(List<Revocation> inForce) {
    byte[] next = SampleBundle.signed(draft().serial(119).contents());
    return TrustBundle.check(next, Samples.ANCHORS, TrustPolicy.STANDARD, inForce, NOW);
  }
}
