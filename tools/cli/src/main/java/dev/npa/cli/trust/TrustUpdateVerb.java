// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.verifier.trust.TrustBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
    BundleArgument.addTo(spec);
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
    TrustStore store = TrustStore.of(given);
    byte[] offered = BundleArgument.read(given);
    try (StoreLock _ = StoreLock.toChange(store)) {
      Optional<TrustBundle> bundle = BundleArgument.accepted(offered, store, out);
      if (bundle.isEmpty()) {
        return ExitCode.REFUSED;
      }
      long serial = bundle.get().contents().serial();
      // The number first: if the rest is lost, older bundles are refused all the same.
      store.write("serial", (serial + "\n").getBytes(StandardCharsets.US_ASCII), true);
      store.write("bundle.der", bundle.get().bytes(), true);
      out.println("bundle #" + serial + ", expires " + bundle.get().contents().expires());
      return ExitCode.OK;
    }
  }
}
