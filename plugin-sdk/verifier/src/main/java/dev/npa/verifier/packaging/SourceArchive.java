// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.licence.source.SourceFiles;

/// Writes a source tree as one archive, for who offers the source at an address: a ZIP with stored
/// entries in order of their paths, so the same tree gives the same bytes.
public final class SourceArchive {

  private SourceArchive() {}

  public static byte[] write(SourceFiles sources) {
    StoredZip zip = new StoredZip();
    sources.files().forEach(zip::add);
    return zip.finish();
  }
}
