// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.Verb;
import dev.npa.cli.VerbGroup;

/// `npa trust`.
public final class TrustVerbs {
  private TrustVerbs() {}

  public static Verb all() {
    return new VerbGroup(
        "trust",
        "Whom this host believes: roots, the platform's trust bundle, denied packages.",
        new TrustShowVerb(),
        new TrustAddVerb(),
        new TrustRemoveVerb(),
        new TrustUpdateVerb(),
        new TrustDenyVerb());
  }
}
