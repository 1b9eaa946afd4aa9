// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.verifier.SignatureAlgorithm;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa keys rotate`: new keys in a new store; the old store stays for as long as its owner wants.
final class RotateVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("rotate");
    spec.usageMessage()
        .description(
            "Make new signing keys in a new PKCS#12 file.",
            "Development keys get certificates by the"
                + " authority in the old file, which moves along: hosts that enrolled its root need"
                + " not do anything. Keys of a real authority go on with npa keys csr. The old file"
                + " is not changed; the new one takes the same password.");
    KeyOption.addTo(spec);
    Identity.addOptionsTo(spec);
    spec.addOption(Options.required("--out", "FILE", "The new key store."));
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec,
        "npa keys rotate --key acme.p12 --vendor acme --pci 8086 --packages com.acme \\",
        "    --out acme-2027.p12");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    KeyOption.Named named = KeyOption.named(given);
    if (named.token()) {
      throw new UsageException(
          "keys of a token stay where they are; npa keys new pkcs11:CONFIG#ALIAS makes another");
    }
    Identity identity = Identity.of(given);
    String target = given.matchedOptionValue("--out", "");
    try (Password password = Password.ask(given, named.store())) {
      List<KeyEntry> old = KeyStoreFile.open(named.store(), password).entries();
      KeyStoreFile fresh = KeyStoreFile.empty(target, password);
      Instant now = Instant.now();
      boolean certified = true;
      for (SignatureAlgorithm algorithm : identity.algorithms()) {
        Optional<KeyEntry> authority = DevelopmentKeys.authorityIn(old, algorithm);
        if (authority.isPresent()) {
          fresh.put(authority.get());
          fresh.put(DevelopmentKeys.leaf(authority.get(), identity, algorithm, now));
        } else {
          fresh.put(DevelopmentKeys.uncertified(identity, algorithm, now));
          certified = false;
        }
      }
      fresh.save(InputFile.path(target), OutputFile.mayOverwrite(given));
      out.println(target + ": " + KeyList.words(fresh.entries().size(), "key"));
      Verb.talk(given)
          .println("next: npa " + (certified ? "sign PACKAGE --key " : "keys csr --key ") + target);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make keys: " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }
}
