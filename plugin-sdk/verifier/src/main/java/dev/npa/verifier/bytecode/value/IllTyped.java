// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

/// The code is not type-safe, which the JDK's verifier will say in more detail. Nothing is claimed
/// about its values.
final class IllTyped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IllTyped(String what) {
    super(what, null, false, false);
  }
}
