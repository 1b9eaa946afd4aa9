// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

/// Under which licences a party lets a plugin run beside its GPL driver.
public enum LicencePolicy {
  /// The recipient must be able to take the plugin under the GPL itself. What NPA asked for.
  GPL,
  /// It is enough that everything in the plugin may be part of a whole under GPL-2.0-only.
  COMPATIBLE
}
