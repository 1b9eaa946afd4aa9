// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.Options;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The trust bundle that a verb is given, and the store by whose word it is checked. No verb gets
/// an unchecked one.
final class BundleArgument {
  private BundleArgument() {}

  static void addTo(CommandSpec spec) {
    Options.positional(spec, "BUNDLE", "1", "The signed trust bundle; - for standard input.");
    TrustStore.addOptionsTo(spec);
  }

  static byte[] read(ParseResult given) throws IOException {
    return InputFile.read(given.matchedPositionalValue(0, ""), TrustBundle.MAX_BYTES);
  }

  /// Empty if it is refused; then why is printed.
  static Optional<TrustBundle> accepted(byte[] bytes, TrustStore store, PrintWriter out)
      throws IOException {
    TrustAnchors platform = TrustAnchors.of(store.requiredPlatformRoots());
    return switch (TrustBundle.check(
        bytes, platform, store.policy(), store.inForce(), Instant.now())) {
      case Verdict.Accepted<TrustBundle>(TrustBundle bundle) -> Optional.of(bundle);
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        yield Optional.empty();
      }
    };
  }
}
