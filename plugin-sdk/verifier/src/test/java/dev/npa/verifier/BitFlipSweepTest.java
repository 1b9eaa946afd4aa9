// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.LocalTimestampAuthority;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Every bit of a whole signed package, one at a time. The counts go to `target/bit-flips.txt`.
class BitFlipSweepTest {

  private static final byte[] SIGNED = Samples.smallSigned();
  private static final Trust TRUST = Trust.of(Samples.ANCHORS);

  private record Region(String name, int from, int to) {}

  private static List<Region> regions() {
    int block = Samples.blockAt(SIGNED);
    int trailer = SIGNED.length - PackageFormat.TRAILER_BYTES;
    return List.of(
        new Region("signed range", 0, block - 2),
        new Region("length of the archive comment", block - 2, block),
        new Region("signature block", block, trailer),
        new Region("trailer", trailer, SIGNED.length));
  }

  @Test
  void refusesEverySingleBitFlip() throws IOException {
    assertThat(SignedPlugin.check(SIGNED, TRUST, Samples.NOW)).isInstanceOf(Verdict.Accepted.class);
    List<String> lines = new ArrayList<>();
    int refused = 0;
    for (Region region : regions()) {
      Map<String, Integer> byRule = sweep(region);
      int flips = (region.to() - region.from()) * 8;
      int count = byRule.values().stream().mapToInt(Integer::intValue).sum();
      lines.add("%s: %d flips, %d refused %s".formatted(region.name(), flips, count, byRule));
      assertThat(count).as(region.name()).isEqualTo(flips);
      refused += count;
    }
    lines.add("all %d bytes: %d flips refused, 0 accepted".formatted(SIGNED.length, refused));
    Files.write(Path.of("target", "bit-flips.txt"), lines);
    assertThat(refused).isEqualTo(SIGNED.length * 8);
  }

  /// One bit in every seventh byte of a block that holds both algorithms and timestamps (which are
  /// unsigned attributes).
  @Test
  void refusesFlipsAllOverAFullBlock() throws GeneralSecurityException, IOException {
    LocalTimestampAuthority authority =
        Samples.PKI.timestampAuthority(InstantSource.fixed(Samples.NOW));
    byte[] bytes = PackageSigner.sign(Hybrid.unsigned(), Hybrid.request().timestampedBy(authority));
    assertThat(SignedPlugin.check(bytes, Hybrid.TRUST, Samples.NOW))
        .isInstanceOf(Verdict.Accepted.class);

    Map<String, Integer> byRule = new TreeMap<>();
    int block = Samples.blockAt(bytes);
    int flips = 0;
    for (int i = block; i < bytes.length; i += 7, flips++) {
      byte flip = (byte) (1 << i % 8);
      bytes[i] ^= flip;
      if (SignedPlugin.check(bytes, Hybrid.TRUST, Samples.NOW)
          instanceof Verdict.Refused<SignedPlugin>(List<Refusal> refusals)) {
        byRule.merge(refusals.getFirst().rule().id(), 1, Integer::sum);
      }
      bytes[i] ^= flip;
    }

    assertThat(byRule.values().stream().mapToInt(Integer::intValue).sum())
        .as(byRule.toString())
        .isEqualTo(flips);
    assertThat(byRule).containsKey(RuleId.S025_TIMESTAMP_INVALID.id());
  }

  /// How many flips each rule refused; accepted ones are in no count.
  private static Map<String, Integer> sweep(Region region) {
    Map<String, Integer> byRule = new TreeMap<>();
    byte[] bytes = SIGNED.clone();
    for (int bit = region.from() * 8; bit < region.to() * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      if (SignedPlugin.check(bytes, TRUST, Samples.NOW)
          instanceof Verdict.Refused<SignedPlugin>(List<Refusal> refusals)) {
        byRule.merge(refusals.getFirst().rule().id(), 1, Integer::sum);
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return byRule;
  }
}
