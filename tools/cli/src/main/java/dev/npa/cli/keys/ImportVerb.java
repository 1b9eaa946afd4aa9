// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.verifier.packaging.CertificateUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa keys import`: puts an authority's answer to its key.
final class ImportVerb implements Verb {
  private static final int LIMIT_BYTES = 256 << 10;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("import");
    spec.usageMessage()
        .description(
            "Put the certificates that an authority issued for a key request to their keys.");
    Options.positional(spec, "CHAIN", "1", "PEM file: the key's certificate, then its issuers.");
    KeyOption.addTo(spec);
    Teaching.examples(spec, "npa keys import acme-chain.pem --key acme.p12");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    KeyOption.Named named = KeyOption.named(given);
    String name = given.matchedPositionalValue(0, "");
    byte[] bytes = InputFile.readAll(name, LIMIT_BYTES, "certificates");
    List<X509Certificate> issued = Pem.certificates(name, bytes);
    try (Password password = Password.ask(given, named.store())) {
      KeySource store = KeyOption.open(named, password);
      KeyEntry entry = owner(store, issued, name);
      KeyEntry certified =
          new KeyEntry(entry.alias(), entry.privateKey(), chain(issued, entry.certificate()));
      requireUse(certified.certificate(), name);
      store.certify(certified);
      out.println(
          named.store()
              + ": "
              + entry.alias()
              + " is "
              + Pem.subject(certified.certificate())
              + " until "
              + certified.certificate().getNotAfter().toInstant()
              + ", "
              + KeyList.limits(certified.certificate()));
    } catch (GeneralSecurityException e) {
      throw new IOException(named.store() + ": " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  /// A certificate for web servers, for instance, would only be refused where the package is used.
  private static void requireUse(X509Certificate certificate, String name) throws IOException {
    try {
      if (!CertificateUse.of(certificate).words().isEmpty()) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    throw new IOException(
        name
            + ": "
            + Pem.subject(certificate)
            + " is for nothing that npa signs; have it issued with the extensions that npa keys csr"
            + " asks for");
  }

  private static KeyEntry owner(KeySource store, List<X509Certificate> issued, String name)
      throws IOException, GeneralSecurityException {
    for (KeyEntry entry : store.entries()) {
      for (X509Certificate certificate : issued) {
        if (sameKey(certificate, entry.certificate())) {
          return entry;
        }
      }
    }
    throw new IOException(name + ": none of its certificates is for a key of " + store.name());
  }

  /// By its encoding: a token's keys are of other classes.
  private static boolean sameKey(X509Certificate a, X509Certificate b) {
    return Arrays.equals(a.getPublicKey().getEncoded(), b.getPublicKey().getEncoded());
  }

  /// From the key's own certificate upwards, whatever the order in the file.
  private static List<X509Certificate> chain(
      List<X509Certificate> issued, X509Certificate placeholder) {
    List<X509Certificate> chain = new ArrayList<>();
    List<X509Certificate> rest = new ArrayList<>(issued);
    for (X509Certificate certificate : issued) {
      if (sameKey(certificate, placeholder)) {
        chain.add(certificate);
        rest.remove(certificate);
        break;
      }
    }
    boolean grown = true;
    while (grown) {
      X509Certificate last = chain.getLast();
      grown = false;
      for (X509Certificate next : rest) {
        if (next.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
          chain.add(next);
          rest.remove(next);
          grown = true;
          break;
        }
      }
    }
    return chain;
  }
}
