// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.TestPlugins;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Random programs against the gate's claims. `-Dnpa.soundness.plugins=100000` runs longer,
/// `-Dnpa.soundness.seed=1` elsewhere.
class SoundnessTest {
  private static final long SEED = Long.getLong("npa.soundness.seed", 20103);
  private static final int PLUGINS = Integer.getInteger("npa.soundness.plugins", 60);
  private static final int CALLS = 12;
  private static final long STEPS = 20_000;

  @Test
  void everyRandomPluginKeepsWhatTheGateClaimsOfIt() {
    Tally tally = new Tally();
    for (int i = 0; i < PLUGINS; i++) {
      long seed = SEED + i;
      SortedMap<String, byte[]> plugin = RandomPlugin.of(new Random(seed));
      tally.add(plugin, judge(plugin, TestPlugins.ENTRY, seed), seed);
    }
    System.out.println("random plugins from seed " + SEED + ": " + tally);
    assertThat(tally.accepted).isGreaterThan(PLUGINS * 9 / 10);
    assertThat(tally.proved).isGreaterThan(PLUGINS);
    assertThat(tally.refusals.keySet()).doesNotContain("NPA-B044", "NPA-B045", "NPA-B046");
  }

  @Test
  void everyMutantOfADriverKeepsWhatTheGateClaimsOfIt() {
    SortedMap<String, byte[]> driver = TestPlugins.driver();
    Tally tally = new Tally();
    for (int i = 0; i < 2 * PLUGINS; i++) {
      long seed = SEED + i;
      SortedMap<String, byte[]> mutant = Mutant.of(driver, new Random(seed));
      tally.add(mutant, judge(mutant, TestPlugins.DRIVER, seed), seed);
    }
    System.out.println("mutants from seed " + SEED + ": " + tally);
    assertThat(tally.accepted).isGreaterThan(PLUGINS / 2);
    assertThat(tally.proved).isGreaterThan(PLUGINS);
    assertThat(tally.refusals.keySet()).doesNotContain("NPA-B044", "NPA-B045", "NPA-B046");
  }

  /// The rewriter's output is known by what was found out about its input. Here that is about other
  /// code, in which some instructions differ: what is not so of this code must not be claimed of
  /// it.
  @Test
  void nothingIsClaimedByACertificateOfOtherCode() {
    Tally tally = new Tally();
    for (int i = 0; i < PLUGINS; i++) {
      long seed = SEED + i;
      Random random = new Random(seed);
      boolean driver = random.nextBoolean();
      SortedMap<String, byte[]> other = driver ? TestPlugins.driver() : RandomPlugin.of(random);
      SortedMap<String, byte[]> mutant = Mutant.of(other, random);
      String entry = driver ? TestPlugins.DRIVER : TestPlugins.ENTRY;
      tally.add(other, mutant, BytecodeGate.verify(mutant, entry), seed);
    }
    System.out.println("under false certificates from seed " + SEED + ": " + tally);
    assertThat(tally.accepted).isGreaterThan(PLUGINS / 2);
    assertThat(tally.rounds).isGreaterThan(PLUGINS);
  }

  private static final class Tally {
    int accepted;
    int proved;
    int metered;
    int safe;
    int checked;
    long steps;
    long rounds;
    int longest;
    final Map<String, Integer> refusals = new TreeMap<>();

    void add(SortedMap<String, byte[]> plugin, Verdict<VerifiedClasses> verdict, long seed) {
      add(plugin, plugin, verdict, seed);
    }

    /// @param certified what the certificate is about by which the claims are known
    void add(
        SortedMap<String, byte[]> certified,
        SortedMap<String, byte[]> plugin,
        Verdict<VerifiedClasses> verdict,
        long seed) {
      switch (verdict) {
        case Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified) -> {
          accepted++;
          proved += verified.report().loopsProved();
          metered += verified.report().loopsMetered();
          safe += verified.report().provedSafe();
          checked += verified.report().checked();
          Trial trial = new Trial(certified, plugin, verified, new Random(seed));
          try {
            trial.run(CALLS, STEPS);
          } catch (AssertionError broken) {
            throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
          }
          steps += trial.referee().steps();
          rounds += trial.referee().rounds();
          longest = Math.max(longest, trial.referee().longestProvedRun());
        }
        case Verdict.Refused<VerifiedClasses>(List<Refusal> found) ->
            found.forEach(refusal -> refusals.merge(refusal.rule().id(), 1, Integer::sum));
      }
    }

    @Override
    public String toString() {
      return "%d accepted, %d loops proved and %d metered, %d instructions cannot throw and %d are checked; %d steps, %d rounds of proved loops, the longest %d; refusals %s"
          .formatted(accepted, proved, metered, safe, checked, steps, rounds, longest, refusals);
    }
  }

  /// Twice: the same input gets the same answer.
  private static Verdict<VerifiedClasses> judge(
      SortedMap<String, byte[]> plugin, String entry, long seed) {
    Verdict<VerifiedClasses> verdict = BytecodeGate.verify(plugin, entry);
    assertThat(refusals(BytecodeGate.verify(plugin, entry)))
        .as("seed %d, again", seed)
        .isEqualTo(refusals(verdict));
    return verdict;
  }

  private static List<Refusal> refusals(Verdict<VerifiedClasses> verdict) {
    return switch (verdict) {
      case Verdict.Accepted<VerifiedClasses> accepted -> List.of();
      case Verdict.Refused<VerifiedClasses>(List<Refusal> refusals) -> refusals;
    };
  }
}
