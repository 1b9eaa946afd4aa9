// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A written offer over the years: good packages outlive certificates by their timestamps.
final class SourceReferenceTest {
  private static final Instant SIGNED = Instant.parse("2026-11-20T12:00:00Z");
  private static final PluginManifest OFFERED =
      Samples.manifest()
          .withSourceAt("https://example.com/source.zip", "0".repeat(96), "2029-11-20");

  @Test
  void countsUntilItsLastDay() {
    assertThat(at("2029-11-20T23:59:59Z")).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void countsNoLongerThan() {
    switch (at("2029-11-21T00:00:00Z")) {
      case Verdict.Refused<SourceReference>(List<Refusal> refusals) ->
          assertThat(refusals)
              .singleElement()
              .satisfies(
                  refusal -> {
                    assertThat(refusal.rule()).isEqualTo(RuleId.L008_NO_SOURCE);
                    assertThat(refusal.detail()).isEqualTo("is 2029-11-20, which is over");
                    assertThat(refusal.location().toString()).contains("NPA-Source-Offer-Until");
                  });
      case Verdict.Accepted<SourceReference> _ -> throw new AssertionError("accepted");
    }
  }

  private static Verdict<SourceReference> at(String decided) {
    return SourceReference.read(OFFERED, SIGNED, Instant.parse(decided));
  }
}
