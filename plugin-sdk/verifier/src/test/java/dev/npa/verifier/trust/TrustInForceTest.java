// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.Gate;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.SampleBundle;
import dev.npa.verifier.packaging.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A party's trust while that party runs.
final class TrustInForceTest {
  private Instant now = Samples.NOW;
  private final TrustInForce trust = new TrustInForce(Trust.of(Samples.ANCHORS), () -> now);

  private static byte[] bundle(BundleDraft draft) {
    return SampleBundle.signed(draft.contents());
  }

  private static BundleDraft draft(long serial) {
    return SampleBundle.draft().serial(serial);
  }

  private RuleId refused(byte[] bundle) {
    return switch (trust.update(bundle)) {
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) -> refusals.getFirst().rule();
      case Verdict.Accepted<TrustBundle> _ -> throw new AssertionError("taken");
    };
  }

  private void taken(BundleDraft draft) {
    assertThat(trust.update(bundle(draft))).isInstanceOf(Verdict.Accepted.class);
  }

  private List<RuleId> verdictOn(byte[] pluginPackage) {
    return switch (Gate.recheck(pluginPackage, trust.trust(), trust.now())) {
      case Verdict.Accepted<?> _ -> List.of();
      case Verdict.Refused<?>(List<Refusal> refusals) ->
          refusals.stream().map(Refusal::rule).toList();
    };
  }

  @Test
  void decidesByTheBundleThatCameLast() {
    byte[] pluginPackage = Samples.signed();
    taken(draft(1));
    assertThat(verdictOn(pluginPackage)).isEmpty();

    taken(draft(2).minimum(Samples.manifest().pluginId(), 1000));

    assertThat(trust.edition()).isEqualTo(2);
    assertThat(verdictOn(pluginPackage)).containsExactly(RuleId.T003_GENERATION);
  }

  @Test
  void takesNoBundleThatIsOlderThanTheOneInForce() {
    taken(draft(7));

    assertThat(refused(bundle(draft(6)))).isEqualTo(RuleId.T004_BUNDLE_ROLLBACK);

    assertThat(trust.edition()).isEqualTo(1);
    assertThat(trust.trust().bundle().orElseThrow().contents().serial()).isEqualTo(7);
  }

  @Test
  void takesNoOtherContentsUnderTheSameSerialNumber() {
    taken(draft(7));

    assertThat(refused(bundle(draft(7).deny("0".repeat(96), "advisory"))))
        .isEqualTo(RuleId.T004_BUNDLE_ROLLBACK);
  }

  @Test
  void changesNothingForTheBundleThatIsInForceAlready() {
    taken(draft(7));
    taken(draft(7));

    assertThat(trust.edition()).isEqualTo(1);
  }

  @Test
  void takesNoBundleByAKeyThatTheOneInForceRevokes() {
    taken(draft(7).revoke(SampleBundle.signer(), Samples.NOW.plusSeconds(60)));
    now = Samples.NOW.plusSeconds(120);

    assertThat(refused(bundle(draft(8)))).isEqualTo(RuleId.T002_BUNDLE_SIGNATURE);
  }

  @Test
  void decidesAsOfTheTimeOfTheDecisionAndRecoversByANewerBundle() {
    byte[] pluginPackage = Samples.signed();
    taken(draft(7).expires(Samples.NOW.plusSeconds(60)));
    assertThat(verdictOn(pluginPackage)).isEmpty();

    now = Samples.NOW.plusSeconds(61);
    assertThat(verdictOn(pluginPackage)).containsExactly(RuleId.T005_BUNDLE_EXPIRED);

    taken(draft(8));
    assertThat(verdictOn(pluginPackage)).isEmpty();
  }

  @Test
  void takesNoBundleFromTheFuture() {
    now = Samples.NOW.minus(Duration.ofMinutes(40));

    assertThat(refused(bundle(draft(7)))).isEqualTo(RuleId.T012_BUNDLE_FROM_FUTURE);
  }

  @Test
  void refusesAllWhenItsOwnerPutsAnOlderBundleBack() {
    Trust old = SampleBundle.trust(draft(6));
    taken(draft(7));

    trust.replace(old);

    assertThat(verdictOn(Samples.signed())).containsExactly(RuleId.T004_BUNDLE_ROLLBACK);
    assertThat(refused(bundle(draft(6)))).isEqualTo(RuleId.T004_BUNDLE_ROLLBACK);
  }

  @Test
  void keepsItsBundleUnderAnotherPolicyOfItsOwner() {
    taken(draft(7));

    trust.replace(trust.trust().under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.CERTIFIED)));

    assertThat(verdictOn(Samples.signed())).containsExactly(RuleId.T010_LEVEL);
    assertThat(trust.trust().policy().lowestBundleSerial()).isEqualTo(7);
  }
}
