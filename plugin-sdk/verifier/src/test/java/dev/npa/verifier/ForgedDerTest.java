// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.packaging.Tlv;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Signature blocks edited as trees, every length corrected: forgeries that a flipped bit never
/// reaches. The block under attack has two algorithms, a certification by both and a timestamp.
class ForgedDerTest {

  private static final long SEED = 20261123;
  private static final byte[] RICH = rich();

  private static byte[] rich() {
    try {
      var stamps = Hybrid.EC.timestampAuthority(InstantSource.fixed(Samples.NOW));
      byte[] signed = PackageSigner.sign(Hybrid.unsigned(), Hybrid.request().timestampedBy(stamps));
      return PackageSigner.countersign(
          signed,
          AcceptanceLevel.CERTIFIED,
          SigningRequest.of(
              Samples.NOW,
              Hybrid.EC.certifierKey(AcceptanceLevel.CERTIFIED),
              Hybrid.PQ.certifierKey(AcceptanceLevel.CERTIFIED)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Verdict<PluginArchive> offer(byte[] bytes) {
    return SignedPlugin.check(bytes, Hybrid.TRUST, Samples.NOW).then(PluginArchive::read);
  }

  /// Nobody but its signer vouches for a timestamp or a certification, so whoever takes one away
  /// leaves a package that is vouched for less. That is all that can be had.
  @Test
  void edgesOfTheTreeAreAllThatCanBeCut() {
    Set<PackageSignature> whole = signatures(offer(RICH));
    assertThat(whole).hasSize(4);
    Random random = new Random(SEED);
    for (int round = 0; round < 1_500; round++) {
      Tlv tree = Tlv.parse(Samples.block(RICH));
      int edits = 1 + random.nextInt(2);
      for (int edit = 0; edit < edits; edit++) {
        tree.edit(random);
      }
      Verdict<PluginArchive> verdict = offer(ForgedBlock.reseal(RICH, tree.encoded()));
      for (PackageSignature left : signatures(verdict)) {
        assertThat(whole)
            .as("seed %d, round %d", SEED, round)
            .anyMatch(
                known ->
                    known.binding().equals(left.binding())
                        && known.algorithm() == left.algorithm()
                        && known.signer().equals(left.signer()));
      }
    }
  }

  private static Set<PackageSignature> signatures(Verdict<PluginArchive> verdict) {
    return switch (verdict) {
      case Verdict.Accepted<PluginArchive>(PluginArchive archive) ->
          new HashSet<>(archive.signed().signatures());
      case Verdict.Refused<PluginArchive>(List<Refusal> refusals) -> Set.of();
    };
  }
}
