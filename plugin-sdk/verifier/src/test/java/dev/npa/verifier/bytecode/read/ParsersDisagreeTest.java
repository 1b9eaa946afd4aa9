// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.tree.ClassNode;

/// A parser that reads one thing otherwise, played by one that reads a class which differs in it.
class ParsersDisagreeTest {
  private static final Location PLACE = new Location.Member("a/A", "", "");
  private static final Map<String, Consumer<ClassNode>> EDITS = EditedReadings.all();

  static Set<String> edits() {
    return EDITS.keySet();
  }

  @Test
  void readsTheSameInTheSameClass() {
    PluginClass subject = read(node -> {});

    assertThat(compared(subject, subject)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void refusesWhatTheyReadDifferently(String edit) {
    PluginClass one = read(node -> {});
    PluginClass other = read(EDITS.get(edit));

    assertThat(compared(one, other)).containsExactly(RuleId.B004_PARSERS_DISAGREE);
    assertThat(compared(other, one)).containsExactly(RuleId.B004_PARSERS_DISAGREE);
    assertThat(compared(other, other)).as("else the edit is no class").isEmpty();
  }

  private static List<RuleId> compared(PluginClass asm, PluginClass jdk) {
    Refusals out = new Refusals();
    boolean agree = ParserComparison.agree(PLACE, AsmForm.of(asm), JdkForm.of(jdk.model()), out);
    assertThat(agree).isEqualTo(out.isEmpty());
    return out.toList().stream().map(Refusal::rule).toList();
  }

  private static PluginClass read(Consumer<ClassNode> edit) {
    ClassNode node = EditedReadings.subject();
    edit.accept(node);
    TreeMap<String, byte[]> classes = new TreeMap<>();
    classes.put("a/A", EditedReadings.bytes(node));
    Refusals out = new Refusals();
    Plugin plugin = ClassReading.read(classes, "a/A", out);
    assertThat(out.toList()).isEmpty();
    return plugin.classes().iterator().next();
  }
}
