// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.verifier.packaging.CertificationRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa keys csr`: asks a real authority for a certificate (PKCS#10).
final class CsrVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("csr");
    spec.usageMessage()
        .description(
            "Write a certificate request for each signing key.",
            "PKCS#10, PEM, for the authority that certifies vendors. It asks for what the key was"
                + " made for: whose devices, whose packages, which use. Put the answer in with npa"
                + " keys import.",
            "An authority that agrees with all that a request asks for issues the certificate, for"
                + " instance, with openssl x509 -req -sha384 -days 365 -copy_extensions copyall -in"
                + " acme.csr -CA ca.pem -CAkey ca.key.");
    KeyOption.addTo(spec);
    spec.addOption(Options.out("The requests. Default: standard output."));
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec, "npa keys csr --key acme.p12 --out acme.csr", "npa keys csr --key pkcs11:hsm.cfg");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    KeyOption.Named named = KeyOption.named(given);
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    try (Password password = Password.ask(given, named.store())) {
      for (KeyEntry entry : KeyOption.entries(KeyOption.open(named, password), named)) {
        if (!entry.isAuthority()) {
          byte[] der = CertificationRequest.encode(entry.privateKey(), entry.certificate());
          requests.writeBytes(Pem.encode("CERTIFICATE REQUEST", der));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(named.store() + ": " + e.getMessage(), e);
    }
    if (given.hasMatchedOption("--out")) {
      String file = given.matchedOptionValue("--out", "");
      OutputFile.write(
          InputFile.path(file),
          requests.toByteArray(),
          Audience.EVERYONE,
          OutputFile.mayOverwrite(given));
      out.println(file);
    } else {
      out.print(requests.toString(StandardCharsets.US_ASCII));
    }
    Verb.talk(given).println("next: npa keys import CHAIN.pem --key " + named.store());
    return ExitCode.OK;
  }
}
