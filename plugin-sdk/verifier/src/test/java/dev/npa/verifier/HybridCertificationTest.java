// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.S007_SIGNATURE_SET;
import static dev.npa.verifier.RuleId.S010_SIGNATURE_INVALID;
import static dev.npa.verifier.RuleId.S022_DUPLICATE_SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.TrustPolicy;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The platform's certification of a package with classical and post-quantum signatures.
class HybridCertificationTest {

  private static final TrustPolicy BOTH =
      TrustPolicy.STANDARD.requiring(EnumSet.allOf(SignatureAlgorithm.class));
  private static final PluginBinding CERTIFIED =
      Samples.manifest().certificationBinding(AcceptanceLevel.CERTIFIED);

  private SigningKey classical;
  private SigningKey postQuantum;

  @BeforeEach
  void makesKeys() throws Exception {
    classical = Hybrid.EC.certifierKey(AcceptanceLevel.CERTIFIED);
    postQuantum = Hybrid.PQ.certifierKey(AcceptanceLevel.CERTIFIED);
  }

  private static byte[] certifiedBy(SigningKey... keys) throws Exception {
    return PackageSigner.countersign(
        Hybrid.signed(), AcceptanceLevel.CERTIFIED, SigningRequest.of(Samples.NOW, keys));
  }

  private static Verdict<SignedPlugin> check(byte[] signed, TrustPolicy policy) {
    return SignedPlugin.check(signed, Hybrid.TRUST.under(policy), Samples.NOW);
  }

  private static void assertRefused(Verdict<SignedPlugin> verdict, RuleId rule, String place) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    Refusal refusal = ((Verdict.Refused<SignedPlugin>) verdict).refusals().getFirst();
    assertThat(refusal.rule()).isEqualTo(rule);
    assertThat(refusal.location().toString()).contains(place);
  }

  @Test
  void holdsByBothAlgorithmsUnderEitherPolicy() throws Exception {
    byte[] certified = certifiedBy(classical, postQuantum);

    for (TrustPolicy policy : List.of(TrustPolicy.STANDARD, BOTH)) {
      assertThat(check(certified, policy))
          .isInstanceOfSatisfying(
              Verdict.Accepted.class,
              accepted ->
                  assertThat(((SignedPlugin) accepted.value()).level())
                      .isEqualTo(AcceptanceLevel.CERTIFIED));
    }
  }

  @Test
  void isRefusedWithoutItsPostQuantumSignatureEvenWherePolicyWantsNone() throws Exception {
    assertRefused(check(certifiedBy(classical), TrustPolicy.STANDARD), S007_SIGNATURE_SET, "block");
  }

  @Test
  void isRefusedWithoutItsClassicalSignature() throws Exception {
    assertRefused(
        check(certifiedBy(postQuantum), TrustPolicy.STANDARD), S007_SIGNATURE_SET, "block");
    assertRefused(check(certifiedBy(postQuantum), BOTH), S007_SIGNATURE_SET, "block");
  }

  @Test
  void isNoStrongerThanWhatItCertifies() throws Exception {
    byte[] classicalOrigin =
        PackageSigner.sign(Samples.unsigned(), Hybrid.EC.vendorKey(), Samples.NOW);
    byte[] certified =
        PackageSigner.countersign(
            classicalOrigin,
            AcceptanceLevel.CERTIFIED,
            SigningRequest.of(Samples.NOW, classical, postQuantum));

    assertRefused(check(certified, TrustPolicy.STANDARD), S007_SIGNATURE_SET, "block");
  }

  @Test
  void isRefusedWhenItsPostQuantumSignatureIsOfAnotherPackage() throws Exception {
    byte[] other =
        PackageSigner.sign(
            Samples.builder(Samples.manifest())
                .promising(EnumSet.allOf(SignatureAlgorithm.class))
                .build(),
            Hybrid.request());
    byte[] certifiedOther =
        PackageSigner.countersign(
            other, AcceptanceLevel.CERTIFIED, SigningRequest.of(Samples.NOW, postQuantum));
    byte[] certified =
        new ForgedBlock(Hybrid.unsigned())
            .keeping(Samples.block(certifiedBy(classical)))
            .keeping(Samples.block(certifiedOther))
            .seal();

    assertThat(check(certified, TrustPolicy.STANDARD)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void isRefusedTwice() throws Exception {
    byte[] certified = certifiedBy(classical, postQuantum);
    byte[] again =
        PackageSigner.countersign(
            certified,
            AcceptanceLevel.ACCEPTED,
            SigningRequest.of(Samples.NOW, classical, postQuantum));

    assertThat(check(again, TrustPolicy.STANDARD)).isInstanceOf(Verdict.Refused.class);
    assertRefused(
        check(
            new ForgedBlock(Hybrid.unsigned())
                .by(Hybrid.EC.vendorKey(), Samples.manifest().originBinding())
                .by(Hybrid.PQ.vendorKey(), Samples.manifest().originBinding())
                .by(classical, CERTIFIED)
                .by(classical, CERTIFIED)
                .seal(),
            TrustPolicy.STANDARD),
        S022_DUPLICATE_SIGNATURE,
        "block");
  }

  @Test
  void isRefusedWithOneBitOfAnyOfItsFourSignaturesChanged() throws Exception {
    byte[] certified = certifiedBy(classical, postQuantum);
    List<SignatureClaim> claims =
        switch (UnverifiedPackage.read(certified)) {
          case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage read) -> read.claims();
          case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
              throw new AssertionError(refusals);
        };
    assertThat(claims).hasSize(4);

    for (SignatureClaim claim : claims) {
      byte[] altered = certified.clone();
      altered[indexOf(certified, claim.value()) + claim.value().length - 1] ^= 1;
      assertRefused(check(altered, TrustPolicy.STANDARD), S010_SIGNATURE_INVALID, "SignerInfo");
    }
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int at = Samples.blockAt(whole); ; at++) {
      if (java.util.Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
  }
}
