// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import dev.npa.cli.keys.Pem;
import dev.npa.cli.trust.TrustStore;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whether a trust store can be read, and for how long what is in it is good.
record TrustHealth(TrustStore store, Instant now) {
  List<Finding> findings() {
    Trust trust;
    try {
      trust = store.trust(now);
    } catch (IOException e) {
      return List.of(Finding.wrong("trust store", String.valueOf(e.getMessage())));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            "trust store",
            "%s, minimum level %s"
                .formatted(store.directory(), trust.policy().minimumLevel().label())));
    trust
        .bundle()
        .map(bundle -> bundle.contents())
        .ifPresent(
            bundle ->
                findings.add(
                    Finding.lasting(
                        "trust bundle",
                        "#" + bundle.serial() + " of " + bundle.issued(),
                        bundle.expires(),
                        now,
                        "run npa trust update")));
    trust.platformRoots().forEach(root -> findings.add(root(root, "get the platform's new roots")));
    trust.enrolled().forEach(root -> findings.add(root(root, "enrol the new one: npa trust add")));
    trust.timestampRoots().forEach(root -> findings.add(root(root, "npa trust add --timestamps")));
    return findings;
  }

  private Finding root(X509Certificate root, String remedy) {
    return Finding.lasting("root", Pem.subject(root), root.getNotAfter().toInstant(), now, remedy);
  }
}
