// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.Verb;
import dev.npa.cli.VerbGroup;

/// `npa keys`.
public final class KeysVerbs {
  private KeysVerbs() {}

  public static Verb all() {
    return new VerbGroup(
        "keys",
        "A vendor's signing keys: make, have certified, list, replace.",
        new NewKeyVerb(),
        new CsrVerb(),
        new ImportVerb(),
        new ListKeysVerb(),
        new RotateVerb());
  }
}
