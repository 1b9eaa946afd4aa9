// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Every rule a gate can refuse by. Ids are permanent: never renumbered, never reused.
///
/// Series: `NPA-S` signature, `NPA-P` package structure, `NPA-L` licence, `NPA-B` bytecode.
public enum RuleId {
  // Signature: before any parsing of the archive.
  S001_UNSIGNED("NPA-S001", "the package carries no signature block"),

  // Package structure.
  P001_NOT_A_PACKAGE("NPA-P001", "the bytes are not a plugin package"),

  // Licence. Numbers follow the project's reference list.
  L001_LICENCE_MISSING("NPA-L001", "the package names no licence"),

  // Bytecode.
  B001_UNREADABLE_CLASS("NPA-B001", "the class file cannot be read");

  private final String id;
  private final String title;

  RuleId(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// The permanent id, for instance `NPA-B003`.
  public String id() {
    return id;
  }

  /// What the rule is about, in one phrase.
  public String title() {
    return title;
  }
}
