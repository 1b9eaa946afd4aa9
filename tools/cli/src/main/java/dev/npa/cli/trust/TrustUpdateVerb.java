// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa trust update`: takes the platform's latest trust bundle. Its serial number never goes back,
/// and no option makes it.
final class TrustUpdateVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("update");
    spec.usageMessage()
        .description(
            "Take the platform's latest signed trust bundle.",
            "It must be signed by whom the platform's roots allow, be in date, and have a serial"
                + " number not below any that was taken before; there is no option against that.");
    Options.positional(spec, "BUNDLE", "1", "The signed trust bundle; - for standard input.");
    TrustStore.addOptionsTo(spec);
    Teaching.examples(spec, "npa trust update platform-118.bundle");
    Teaching.exitCodes(spec);
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    byte[] bytes = InputFile.read(given.matchedPositionalValue(0, ""), TrustBundle.MAX_BYTES);
    TrustStore store = TrustStore.of(given);
    List<X509Certificate> platform = store.requiredPlatformRoots();
    var verdict =
        TrustBundle.check(bytes, TrustAnchors.of(platform), store.policy(), Instant.now());
    return switch (verdict) {
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        yield ExitCode.REFUSED;
      }
      case Verdict.Accepted<TrustBundle>(TrustBundle bundle) -> {
        long serial = bundle.contents().serial();
        // The number first: if the rest is lost, older bundles are refused all the same.
        store.write("serial", (serial + "\n").getBytes(StandardCharsets.US_ASCII), true);
        store.write("bundle.der", bundle.bytes(), true);
        out.println("bundle #" + serial + ", expires " + bundle.contents().expires());
        yield ExitCode.OK;
      }
    };
  }
}
