// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

/// What is wrong with a JSON text, and where.
public final class JsonSyntax extends Exception {

  private static final long serialVersionUID = 1L;

  JsonSyntax(String what, int position) {
    super(what + " at character " + (position + 1), null, false, false);
  }
}
