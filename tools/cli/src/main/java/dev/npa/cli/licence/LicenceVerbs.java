// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.Verb;
import dev.npa.cli.VerbGroup;

/// `npa licence …`.
public final class LicenceVerbs {

  private LicenceVerbs() {}

  public static Verb group() {
    return new VerbGroup(
        "licence",
        "Show and check licences: of packages, texts, names and source files.",
        new ShowVerb(),
        new CheckVerb(),
        new NoticeVerb(),
        new HeadersVerb(),
        new IdentifyVerb(),
        new NormaliseVerb());
  }
}
