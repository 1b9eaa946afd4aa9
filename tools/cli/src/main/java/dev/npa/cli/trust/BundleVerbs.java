// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.Verb;
import dev.npa.cli.VerbGroup;

/// `npa bundle`: the platform's side of the trust bundle.
public final class BundleVerbs {
  private BundleVerbs() {}

  public static Verb all() {
    return new VerbGroup(
        "bundle",
        "The platform's signed trust bundle: make, check, list.",
        new BundleCreateVerb(),
        new BundleCheckVerb("verify", false),
        new BundleCheckVerb("list", true));
  }
}
