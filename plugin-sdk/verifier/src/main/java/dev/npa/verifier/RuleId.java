// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Every rule a gate can refuse by. Ids are permanent: never renumbered, never reused.
///
/// Series: `NPA-S` signature, `NPA-P` package structure, `NPA-L` licence, `NPA-B` bytecode.
public enum RuleId {
  // Signature: before any parsing of the archive.
  S001_UNSIGNED("NPA-S001", "the package carries no signature block"),
  S002_MALFORMED_BLOCK("NPA-S002", "the signature block does not fit the archive's end"),
  S003_BLOCK_TOO_LARGE("NPA-S003", "the signature block exceeds its size limits"),
  S004_NOT_DER("NPA-S004", "the signature is not canonical DER"),
  S005_WRONG_ALGORITHM("NPA-S005", "a key, digest or signature algorithm is not the required one"),
  S006_DIGEST_MISMATCH("NPA-S006", "the package is not the one that was signed"),
  S007_SIGNATURE_SET("NPA-S007", "the signatures present are not the required ones"),
  S008_SIGNED_ATTRIBUTES("NPA-S008", "the signed attributes are not the required ones"),
  S009_SIGNER_CERTIFICATE("NPA-S009", "the certificates are not the ones the signer named"),
  S010_SIGNATURE_INVALID("NPA-S010", "the signature does not verify"),
  S011_UNTRUSTED_CHAIN("NPA-S011", "the signer's certificate does not lead to a trusted root"),
  S012_EXPIRED("NPA-S012", "a certificate has expired"),
  S013_NOT_YET_VALID("NPA-S013", "a certificate is not yet valid"),
  S014_CERTIFICATE_PURPOSE("NPA-S014", "the signer's certificate is not for code signing only"),
  S015_BINDING_UNREADABLE("NPA-S015", "the signed plugin identity cannot be read"),
  S016_SIGNING_TIME("NPA-S016", "the signing time is impossible"),
  S017_HIDDEN_DIRECTORY("NPA-S017", "the signature block hides a second end of directory"),
  S018_CMS_PROFILE("NPA-S018", "the signature holds something other than the CMS profile allows"),

  // Package structure.
  P001_NOT_A_PACKAGE("NPA-P001", "the bytes are not a plugin package"),
  P002_TOO_LARGE("NPA-P002", "the package or an entry exceeds its size limits"),
  P003_HEADER_MISMATCH("NPA-P003", "local header and central directory disagree"),
  P004_LAYOUT("NPA-P004", "the archive has a gap, an overlap or bytes that belong to no entry"),
  P005_FORBIDDEN_FEATURE("NPA-P005", "the archive uses a ZIP feature outside profile NPA-ZIP-1"),
  P006_ENTRY_NAME("NPA-P006", "an entry name is not allowed"),
  P007_DUPLICATE_NAME("NPA-P007", "two entries have the same name"),
  P008_ENTRY_ORDER("NPA-P008", "the entries are not in canonical order"),
  P009_FORBIDDEN_ENTRY("NPA-P009", "an entry has no place in a plugin package"),
  P010_CHECKSUM("NPA-P010", "an entry's CRC-32 is wrong"),
  P011_MANIFEST_SYNTAX("NPA-P011", "the manifest is missing or malformed"),
  P012_MANIFEST_ATTRIBUTE("NPA-P012", "a manifest attribute is unknown or repeated"),
  P013_MANIFEST_VALUE("NPA-P013", "a manifest attribute is missing or has a bad value"),
  P014_ENTRY_DIGEST("NPA-P014", "the manifest's digests and the entries disagree"),
  P015_BINDING_MISMATCH("NPA-P015", "manifest and signature name different plugins"),
  P016_ENTRY_CLASS("NPA-P016", "the plugin's entry class is not in the package"),

  // Licence. Numbers follow the project's reference list.
  L001_LICENCE_MISSING("NPA-L001", "the package names no licence"),
  L002_BAD_EXPRESSION("NPA-L002", "the licence is not one well-formed SPDX expression"),
  L003_NOT_GPL("NPA-L003", "no branch of the licence is the GPL"),
  L004_TEXT_MISSING("NPA-L004", "the licence text is missing"),
  L005_TEXT_DIFFERS("NPA-L005", "the licence text is not the known one"),
  L008_NO_SOURCE("NPA-L008", "the package does not say where its source is"),
  L010_DEPRECATED_ID("NPA-L010", "the licence id is deprecated"),
  L013_STRAY_TEXT("NPA-L013", "a text that the licence does not name lies next to it"),

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
