// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Verdict;
import java.nio.charset.StandardCharsets;
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
    assertThat(verified.report().classes()).isEqualTo(3);
    assertThat(verified.report().loopsMetered()).isPositive();
    assertThat(verified.report().worstCaseBytecodes()).hasSize(10);
  }

  @Test
  void writesTheSameBytesEachTime() {
    SortedMap<String, byte[]> classes = HonestSources.igb();
    VerifiedClasses once = accepted(classes, HonestSources.IGB);
    VerifiedClasses again = accepted(classes, HonestSources.IGB);

    assertThat(again.names()).isEqualTo(once.names());
    once.names().forEach(name -> assertThat(again.bytes(name)).isEqualTo(once.bytes(name)));
  }

  @Test
  void keepsSourceLinesForStackTraces() {
    VerifiedClasses verified = accepted(HonestSources.igb(), HonestSources.IGB);

    assertThat(new String(verified.bytes(HonestSources.IGB), StandardCharsets.ISO_8859_1))
        .contains("IgbPlugin.java", "LineNumberTable")
        .doesNotContain("LocalVariableTable");
  }

  static VerifiedClasses accepted(SortedMap<String, byte[]> classes, String entry) {
    return switch (BytecodeGate.verify(classes, entry)) {
      case Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified) -> verified;
      case Verdict.Refused<VerifiedClasses> refused ->
          throw new AssertionError("refused: " + refused.refusals());
    };
  }
}
