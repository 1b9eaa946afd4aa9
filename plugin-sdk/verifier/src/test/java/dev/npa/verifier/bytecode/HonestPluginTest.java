// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Verdict;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class HonestPluginTest {

  @Test
  void acceptsAnIgbLikeDriver() {
    VerifiedClasses verified = accepted(HonestSources.igb(), HonestSources.IGB);

    assertThat(verified.names())
        .containsExactly(
            "acme/igb/IgbPlugin",
            "acme/igb/IgbPlugin$NpaMeter",
            "acme/igb/IgbPlugin$TxRing",
            "acme/igb/RxRing");
    System.out.println(verified.report());
  }

  static VerifiedClasses accepted(SortedMap<String, byte[]> classes, String entry) {
    return switch (BytecodeGate.verify(classes, entry)) {
      case Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified) -> verified;
      case Verdict.Refused<VerifiedClasses> refused ->
          throw new AssertionError("refused: " + refused.refusals());
    };
  }
}
