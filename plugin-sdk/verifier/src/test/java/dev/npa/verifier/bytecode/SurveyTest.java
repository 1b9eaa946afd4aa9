// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.Caps;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SurveyTest {
  @Test
  void isForThoseWhomTheGateTellsOfTheCapsAlone() {
    SortedMap<String, byte[]> many = new TreeMap<>();
    many.put(PluginSource.ENTRY, new byte[8]);
    for (int i = 1; i < Caps.CLASSES; i++) {
      many.put("acme/C" + i, new byte[8]);
    }
    assertThat(Survey.isNeeded(many)).isFalse();

    many.put("acme/Last", new byte[8]);
    assertThat(Survey.isNeeded(many)).isTrue();
    assertThat(Fixture.judge(many))
        .extracting(Refusal::rule)
        .containsExactly(RuleId.B002_TOO_LARGE);
  }

  @Test
  void isForThoseWhoseClassesAreTooLargeTogether() {
    SortedMap<String, byte[]> large = new TreeMap<>();
    large.put("acme/One", new byte[Caps.PLUGIN_BYTES / 2]);
    large.put("acme/Two", new byte[Caps.PLUGIN_BYTES / 2]);
    assertThat(Survey.isNeeded(large)).isFalse();

    large.put("acme/Three", new byte[1]);
    assertThat(Survey.isNeeded(large)).isTrue();
  }

  @Test
  void saysWhatElseIsWrongOnceForEachRuleWithAllPlaces() {
    SortedMap<String, byte[]> library = library();

    List<Refusal> found = Survey.of(library, PluginSource.ENTRY);

    assertThat(found).extracting(Refusal::rule).doesNotHaveDuplicates();
    assertThat(found.getFirst().rule()).isEqualTo(RuleId.B002_TOO_LARGE);
    assertThat(found)
        .filteredOn(refusal -> refusal.rule() == RuleId.B021_STATIC_STATE)
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.evidence().places()).isEqualTo(Caps.CLASSES));
  }

  /// A class more than may be, and each of the others with a static field.
  private static SortedMap<String, byte[]> library() {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < Caps.CLASSES; i++) {
      members.append("static final class C").append(i).append(" { static int n; }\n");
    }
    return plugin().members(members.toString()).compile();
  }
}
