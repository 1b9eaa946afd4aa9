// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Evidence;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/// What a refusal shows beside its place, and how often one cause is reported.
class ExplanationTest {
  private static final String MAKE =
      "int[] a; void make() { a = new int[1]; } void go() { make(); }";

  @Test
  void showsTheInstructionsAroundThePlace() {
    Evidence shown = only(plugin().poll("Runtime.getRuntime();").compile()).evidence();

    assertThat(shown.code())
        .extracting(Evidence.CodeLine::toString)
        .containsExactly(
            "CodeLine[index=1, text=invokevirtual dev/npa/plugin/PluginState.numRxQueues ()I]",
            "CodeLine[index=2, text=ifle 5]",
            "CodeLine[index=3, text=invokestatic java/lang/Runtime.getRuntime"
                + " ()Ljava/lang/Runtime;]",
            "CodeLine[index=4, text=pop]");
  }

  @Test
  void showsAShortestWayFromAnEntryPoint() {
    String members = "void a() { b(); c(); } void b() { c(); } void c() { Runtime.getRuntime(); }";

    Refusal refusal = only(plugin().members(members).poll("a();").compile());

    assertThat(refusal.evidence().callPath())
        .extracting(Location::toString)
        .containsExactly(
            "acme/P.checkRxRing(Ldev/npa/plugin/PluginState;II)I@4 (P.java:12)",
            "acme/P.a()V@3 (P.java:4)",
            refusal.location().toString());
  }

  @Test
  void showsTheWayFromTheDataPathToWhatMustNotBeThere() {
    Refusal refusal =
        only(plugin().members(MAKE).body("swInit", "make();").poll("go();").compile());

    assertThat(refusal.rule()).isEqualTo(RuleId.B035_DATA_PATH_ALLOCATION);
    assertThat(refusal.evidence().callPath()).hasSize(3);
    assertThat(refusal.evidence().callPath().getFirst().toString()).contains("checkRxRing");
  }

  @Test
  void showsNoWayToWhatNoEntryPointReaches() {
    Refusal refusal = only(plugin().members("void lost() { Runtime.getRuntime(); }").compile());

    assertThat(refusal.evidence().callPath()).isEmpty();
  }

  @Test
  void reportsAForeignClassOnceWithAllItsPlaces() {
    Refusal refusal = only(plugin().poll("Runtime.getRuntime();".repeat(40)).compile());

    assertThat(refusal.evidence().places()).isEqualTo(40);
    assertThat(refusal.evidence().elsewhere()).hasSize(39).doesNotHaveDuplicates();
  }

  @Test
  void keepsAHundredPlacesAndCountsTheOthers() {
    Evidence shown = only(plugin().poll("Runtime.getRuntime();".repeat(300)).compile()).evidence();

    assertThat(shown.places()).isEqualTo(300);
    assertThat(shown.elsewhere()).hasSize(Evidence.PLACES);
  }

  @Test
  void reportsAnEnumOnce() {
    SortedMap<String, byte[]> classes =
        WorldFixtures.withHelper("package acme; enum Mode { ON, OFF }");

    assertThat(rules(classes)).containsExactly(RuleId.B016_CLASS_FLAGS);
  }

  @Test
  void reportsASynchronizedBlockOnce() {
    assertThat(rules(plugin().poll("synchronized (ps) { queue++; }").compile()))
        .containsExactly(RuleId.B024_MONITOR);
  }

  @Test
  void reportsATryBlockOnce() {
    assertThat(rules(plugin().poll("try { queue++; } catch (Error e) { queue--; }").compile()))
        .containsExactly(RuleId.B027_EXCEPTION_HANDLER);
  }

  @Test
  void reportsAForeignSuperclassOnce() {
    assertThat(rules(WorldFixtures.withHelper("package acme; final class H extends Thread {}")))
        .containsExactly(RuleId.B017_SUPERCLASS);
  }

  @Test
  void saysAtWhichLineALambdaStands() {
    Refusal refusal = only(plugin().poll("Runnable r = () -> {}; r.run();").compile());

    assertThat(refusal.rule()).isEqualTo(RuleId.B006_CONSTANT_KIND);
    assertThat(refusal.location().toString()).endsWith("@3 (P.java:11)");
  }

  @Test
  void refusesAnUnreadableEntryClassOnce() {
    SortedMap<String, byte[]> classes = Edit.bytes(bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    classes.putAll(Javac.compile("package acme; final class H {}"));

    assertThat(rules(classes)).containsExactly(RuleId.B001_UNREADABLE_CLASS);
  }

  @Test
  void printsNoControlCharacterOfAName() {
    SortedMap<String, byte[]> classes =
        Edit.entry(
            node ->
                Edit.method(node, "checkRxRing").name = "a\n[ok]\u001b[2J\u202e" + "x".repeat(9));

    assertThat(Fixture.judge(classes))
        .isNotEmpty()
        .allSatisfy(refusal -> assertThat(refusal.toString()).matches("[ -~]+"));
  }

  private static Refusal only(SortedMap<String, byte[]> classes) {
    List<Refusal> refusals = Fixture.judge(classes);
    assertThat(refusals).as("refusals of %s", ENTRY).hasSize(1);
    return refusals.getFirst();
  }

  private static List<RuleId> rules(SortedMap<String, byte[]> classes) {
    return Fixture.judge(classes).stream().map(Refusal::rule).toList();
  }
}
