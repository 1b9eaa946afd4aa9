// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.Locale;

/// How far a package is vouched for, lowest first. Computed from who signed and what their
/// certificates allow; nothing in the package's own text can raise it.
public enum AcceptanceLevel {
  /// Signed by a key that the owner of this host has enrolled.
  COMMUNITY,
  /// Signed by a vendor whose certificate leads to a root of the platform.
  PARTNER,
  /// Counter-signed by the platform: accepted after a review.
  ACCEPTED,
  /// Counter-signed by the platform: tested.
  CERTIFIED;

  /// The name in policies and output, lower-case.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
