// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.cli.Verb;
import dev.npa.cli.VerbGroup;

/// `npa source …`.
public final class SourceVerbs {

  private SourceVerbs() {}

  public static Verb group() {
    return new VerbGroup(
        "source",
        "Pack the corresponding source of a plugin, and rebuild a plugin from it.",
        new PackVerb(),
        new VerifyVerb());
  }
}
