// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.Printable;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.TrustBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.Optional;
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
    BundleArgument.addTo(spec);
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
    byte[] offered = BundleArgument.read(given);
    Optional<TrustBundle> bundle = BundleArgument.accepted(offered, TrustStore.of(given), out);
    bundle.ifPresent(accepted -> print(accepted.contents(), out));
    return bundle.isPresent() ? ExitCode.OK : ExitCode.REFUSED;
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
      out.println("root      " + Pem.subject(root));
    }
    for (X509Certificate root : contents.timestampRoots()) {
      out.println("timestamp " + Pem.subject(root));
    }
    contents
        .revoked()
        .forEach(r -> out.println("revoked   " + r.certificateId() + " since " + r.since()));
    contents
        .denied()
        .forEach(d -> out.println("denied    " + d.id() + " " + Printable.text(d.reason())));
    contents
        .minimumGenerations()
        .forEach((id, g) -> out.println("minimum   " + Printable.text(id) + " " + g));
    contents.sunsets().forEach((a, t) -> out.println("sunset    " + a.label() + " " + t));
  }
}
