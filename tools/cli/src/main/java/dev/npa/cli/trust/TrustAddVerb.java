// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.trust.BundleContents;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa trust add`: believes a root.
final class TrustAddVerb implements Verb {
  private static final String PLATFORM = "--platform";
  private static final String TIMESTAMPS = "--timestamps";
  private static final int LIMIT_BYTES = 256 << 10;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("add");
    spec.usageMessage()
        .description(
            "Enrol a root of your own, or set the platform's.",
            "What leads to an enrolled root is of level community, and nothing that it signs can"
                + " raise that. The platform's roots vouch for the trust bundle and for vendors;"
                + " they are set once, and exchanged only by removing the store. A timestamp"
                + " authority's root vouches for times alone.");
    Options.positional(spec, "ROOT", "1", "Root certificates, PEM or DER.");
    spec.addOption(
        OptionSpec.builder(PLATFORM)
            .type(boolean.class)
            .description("These are the platform's roots.")
            .build());
    spec.addOption(
        OptionSpec.builder(TIMESTAMPS)
            .type(boolean.class)
            .description("These are roots of timestamp authorities.")
            .build());
    TrustStore.addOptionsTo(spec);
    Teaching.examples(
        spec,
        "npa trust add acme.root.pem",
        "npa trust add --platform platform.pem --as guest",
        "npa trust add --timestamps tsa.pem");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    if (given.hasMatchedOption(PLATFORM) && given.hasMatchedOption(TIMESTAMPS)) {
      throw new UsageException(PLATFORM + " and " + TIMESTAMPS + " are one too many");
    }
    String name = given.matchedPositionalValue(0, "");
    byte[] bytes = InputFile.readAll(name, LIMIT_BYTES, "root certificates");
    List<X509Certificate> roots = Pem.certificates(name, bytes);
    for (X509Certificate root : roots) {
      if (root.getBasicConstraints() < 0) {
        throw new IOException(name + ": not a certification authority: " + Pem.subject(root));
      }
    }
    TrustStore store = TrustStore.of(given);
    try (StoreLock _ = StoreLock.toChange(store)) {
      if (given.hasMatchedOption(PLATFORM)) {
        store.write("platform.pem", Pem.encode(roots), false);
      } else {
        String kind =
            given.hasMatchedOption(TIMESTAMPS) ? TrustStore.TIMESTAMPS : TrustStore.ENROLLED;
        for (X509Certificate root : roots) {
          store.write(kind + "/" + fileName(root), Pem.encode(List.of(root)), true);
        }
      }
    } catch (CertificateEncodingException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    for (X509Certificate root : roots) {
      out.println(BundleContents.certificateId(root).substring(0, 16) + " " + Pem.subject(root));
    }
    Verb.talk(given).println("in " + store.directory());
    return ExitCode.OK;
  }

  private static String fileName(X509Certificate root) {
    return BundleContents.certificateId(root).substring(0, 16) + ".pem";
  }
}
