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
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa bundle verify` and `npa bundle list`: checks a bundle as `npa trust update` would, changes
/// nothing, and prints one line or everything. An unchecked bundle is not listed.
record BundleCheckVerb(String name, boolean whole) implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .description(
            whole
                ? "List what a trust bundle says, once it is verified."
                : "Check a trust bundle as npa trust update would, and change nothing.");
    Options.positional(spec, "BUNDLE", "1", "The signed trust bundle; - for standard input.");
    TrustStore.addOptionsTo(spec);
    Teaching.examples(spec, "npa bundle " + name + " platform-118.bundle");
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
        print(bundle.contents(), out);
        yield ExitCode.OK;
      }
    };
  }

  private void print(BundleContents contents, PrintWriter out) {
    out.println(
        "bundle #%d, issued %s, expires %s, format %d or later"
            .formatted(
                contents.serial(),
                contents.issued(),
                contents.expires(),
                contents.minimumFormat()));
    if (!whole) {
      return;
    }
    for (X509Certificate root : contents.roots()) {
      out.println("root      " + root.getSubjectX500Principal());
    }
    for (X509Certificate root : contents.timestampRoots()) {
      out.println("timestamp " + root.getSubjectX500Principal());
    }
    contents
        .revoked()
        .forEach(r -> out.println("revoked   " + r.certificateId() + " since " + r.since()));
    contents.denied().forEach(d -> out.println("denied    " + d.id() + " " + d.reason()));
    contents.minimumGenerations().forEach((id, g) -> out.println("minimum   " + id + " " + g));
    contents.sunsets().forEach((a, t) -> out.println("sunset    " + a.label() + " " + t));
  }
}
