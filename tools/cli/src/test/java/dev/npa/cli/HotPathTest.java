// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// What this project does for every frame keeps the rules that it makes for vendors.
final class HotPathTest {
  /// The rules asked: those about what code does. Not asked are
  /// - those about the shape of a plugin's classes (names, flags, superclass, state): nobody loads
  ///   these classes into a region;
  /// - NPA-B028, throw: see [HotSlice];
  /// - NPA-B037, at most eight calls deep: that cap keeps stack for this very code. NPA-B038, which
  ///   bounds the frames themselves, is asked.
  private static final Set<RuleId> ASKED =
      EnumSet.of(
          RuleId.B001_UNREADABLE_CLASS,
          RuleId.B002_TOO_LARGE,
          RuleId.B003_CLASS_VERSION,
          RuleId.B004_PARSERS_DISAGREE,
          RuleId.B006_CONSTANT_KIND,
          RuleId.B010_FOREIGN_CLASS,
          RuleId.B011_FOREIGN_FIELD,
          RuleId.B012_FOREIGN_METHOD,
          RuleId.B024_MONITOR,
          RuleId.B025_NATIVE_METHOD,
          RuleId.B027_EXCEPTION_HANDLER,
          RuleId.B029_FORBIDDEN_INSTRUCTION,
          RuleId.B031_CONSTANT_TYPE,
          RuleId.B034_TYPE_OPERAND,
          RuleId.B035_DATA_PATH_ALLOCATION,
          RuleId.B036_RECURSION,
          RuleId.B038_STACK_FRAMES,
          RuleId.B039_IRREDUCIBLE_FLOW,
          RuleId.B040_LOOP_DEPTH,
          RuleId.B041_COST);

  /// What the gate says to a slice, by the rules asked.
  private static List<Refusal> refusals(HotSlice slice) {
    return switch (BytecodeGate.verify(slice.classFiles(), HotSlice.ENTRY)) {
      case Verdict.Accepted<VerifiedClasses> accepted -> List.of();
      case Verdict.Refused<VerifiedClasses>(List<Refusal> all) ->
          all.stream().filter(refusal -> ASKED.contains(refusal.rule())).toList();
    };
  }

  private static HotSlice expectRulesKept(int least, List<String> entries) throws IOException {
    HotSlice slice = new HotSlice(OwnHotPaths.product(), OwnHotPaths.limits());
    slice.follow(entries);

    assertThat(refusals(slice)).extracting(Refusal::toString).isEmpty();
    assertThat(OwnHotPaths.SEAMS).containsAll(slice.seams());
    assertThat(slice.size()).isGreaterThan(least);
    return slice;
  }

  @Test
  void shellCallsAPluginByTheRulesOfPlugins() throws IOException {
    HotSlice slice = expectRulesKept(20, OwnHotPaths.SHELL);

    assertThat(slice.catching()).isEqualTo(OwnHotPaths.MAY_CATCH);
  }

  @Test
  void builtInPluginKeepsTheRulesOfPlugins() throws IOException {
    expectRulesKept(15, OwnHotPaths.BUILT_IN);
  }

  @Test
  void sdkServesPluginsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(60, OwnHotPaths.priced());
  }

  @Test
  void networkCardMovesBurstsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(100, OwnHotPaths.CARD);
  }

  @Test
  void emulatedDeviceMovesBurstsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(40, OwnHotPaths.EMULATED);
  }

  @Test
  void virtualSwitchMovesBurstsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(20, OwnHotPaths.SWITCH);
  }

  @Test
  void limitsNameNothingInVain() throws IOException {
    HotSlice all = new HotSlice(OwnHotPaths.product(), OwnHotPaths.limits());
    for (List<String> entries :
        List.of(
            OwnHotPaths.SHELL,
            OwnHotPaths.CARD,
            OwnHotPaths.EMULATED,
            OwnHotPaths.SWITCH,
            OwnHotPaths.BUILT_IN,
            OwnHotPaths.priced())) {
      all.follow(entries);
    }

    assertThat(all.platform()).isEqualTo(OwnHotPaths.PLATFORM);
    assertThat(all.seams()).isEqualTo(OwnHotPaths.SEAMS);
    assertThat(all.boundary()).isEqualTo(OwnHotPaths.BOUNDARY);
  }

  /// Everything that the rules forbid, one thing per method.
  @SuppressWarnings("UnusedMethod") // They are read as class file, by name.
  private static final class Sinner {
    private Object kept = "";

    int locks() {
      synchronized (this) {
        return 1;
      }
    }

    Object allocates() {
      return new int[4];
    }

    Object boxes(int number) {
      return number;
    }

    IntUnaryOperator links(int number) {
      return other -> other + number;
    }

    int catches() {
      try {
        return kept.hashCode();
      } catch (IllegalStateException e) {
        return 0;
      }
    }

    synchronized int isSynchronized() {
      return callsOthers();
    }

    int callsOthers() {
      return kept.toString().length();
    }

    int throwsOnly(int number) {
      if (number < 0) {
        throw new IllegalArgumentException("number " + number);
      }
      return number;
    }
  }

  private static HotSlice sinner(String method) throws IOException {
    String name = Sinner.class.getName().replace('.', '/');
    try (var file = HotPathTest.class.getResourceAsStream("/" + name + ".class")) {
      ClassModel model = ClassFile.of().parse(file.readAllBytes());
      HotSlice slice =
          new HotSlice(Map.of(name, model), new HotSlice.Limits(Set.of(), Set.of(), Set.of()));
      slice.follow(List.of(name + "." + method));
      return slice;
    }
  }

  private static void expectRefused(String method, RuleId rule) throws IOException {
    assertThat(refusals(sinner(method)))
        .anySatisfy(
            refusal -> {
              assertThat(refusal.rule()).isEqualTo(rule);
              assertThat(refusal.location().toString()).contains("Sinner." + method);
            });
  }

  @Test
  void findsWhatTheRulesForbid() throws IOException {
    expectRefused("locks", RuleId.B024_MONITOR);
    expectRefused("isSynchronized", RuleId.B024_MONITOR);
    expectRefused("allocates", RuleId.B035_DATA_PATH_ALLOCATION);
    expectRefused("boxes", RuleId.B012_FOREIGN_METHOD);
    expectRefused("catches", RuleId.B027_EXCEPTION_HANDLER);
    expectRefused("callsOthers", RuleId.B010_FOREIGN_CLASS);
    assertThat(refusals(sinner("links")))
        .extracting(Refusal::rule)
        .contains(RuleId.B006_CONSTANT_KIND);
  }

  @Test
  void allowsAThrowAndWhatItNeeds() throws IOException {
    assertThat(refusals(sinner("throwsOnly"))).extracting(Refusal::toString).isEmpty();
  }

  @Test
  void refusesAnEntryThatIsNotThere() {
    assertThatIllegalArgumentException().isThrownBy(() -> sinner("nothing"));
  }
}
