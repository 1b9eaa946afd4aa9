// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.StageTiming.Stage;
import dev.npa.verifier.licence.LicencePolicy;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// All gates in a row: signature, package, licence, bytecode.
public final class Gate {

  private final List<StageTiming> timings = new ArrayList<>();

  private Gate() {}

  /// Decides on a package. Never throws, whatever the bytes; stops at the first gate that refuses.
  /// Any thread.
  ///
  /// @param anchors the caller's own, never the package's; the standard policy holds
  /// @param at the time at which certificates must be valid
  public static Admission admit(byte[] packageBytes, TrustAnchors anchors, Instant at) {
    return admit(packageBytes, Trust.of(anchors), at);
  }

  /// Decides on a package. Never throws, whatever the bytes; stops at the first gate that refuses.
  /// Any thread.
  ///
  /// @param trust the caller's own; the package has no part in it
  /// @param at the time at which trust bundle and certificates must be valid
  public static Admission admit(byte[] packageBytes, Trust trust, Instant at) {
    return admit(packageBytes, trust, at, LicencePolicy.GPL);
  }

  /// Decides under the caller's own idea of which licences may run beside its driver.
  public static Admission admit(
      byte[] packageBytes, Trust trust, Instant at, LicencePolicy licences) {
    Gate gate = new Gate();
    Verdict<VerifiedPlugin> verdict =
        gate.<byte[], SignedPlugin>timed(
                Stage.SIGNATURE, bytes -> SignedPlugin.check(bytes, trust, at))
            .apply(packageBytes)
            .then(gate.timed(Stage.PACKAGE, PluginArchive::read))
            .then(gate.timed(Stage.LICENCE, archive -> LicensedPlugin.check(archive, licences)))
            .then(gate.timed(Stage.BYTECODE, VerifiedPlugin::verify));
    return new Admission(verdict, gate.timings);
  }

  /// Decides again on a package that was admitted before: by all that trust and time have a say in.
  /// Never throws, whatever the bytes. Any thread.
  ///
  /// The bytecode gate is left out: it looks at nothing but the bytes, so its answer stays.
  public static Verdict<LicensedPlugin> recheck(byte[] packageBytes, Trust trust, Instant at) {
    return SignedPlugin.check(packageBytes, trust, at)
        .then(PluginArchive::read)
        .then(LicensedPlugin::check);
  }

  private <T, R> Function<T, Verdict<R>> timed(Stage stage, Function<T, Verdict<R>> check) {
    return input -> {
      long start = System.nanoTime();
      Verdict<R> verdict = check.apply(input);
      timings.add(new StageTiming(stage, System.nanoTime() - start));
      return verdict;
    };
  }
}
