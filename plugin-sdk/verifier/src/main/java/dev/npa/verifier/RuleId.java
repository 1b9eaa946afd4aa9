// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Every rule a gate can refuse by. Ids are permanent: never renumbered, never reused.
///
/// Series: `NPA-S` signature, `NPA-T` trust, `NPA-P` package structure, `NPA-L` licence, `NPA-B`
/// bytecode.
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
  S019_STRIPPED("NPA-S019", "the signatures are not those that the manifest promises"),
  S020_ROLE("NPA-S020", "the signer's certificate does not allow what the signature says"),
  S021_LEVEL("NPA-S021", "the signature grants a level above what its certificate allows"),
  S022_DUPLICATE_SIGNATURE("NPA-S022", "two signatures have the same role and algorithm"),
  S023_SIGNERS_DISAGREE(
      "NPA-S023", "the signatures are by different parties or about other things"),
  S024_HOLDER("NPA-S024", "the signer's certificate does not say what its holder may sign"),
  S025_TIMESTAMP_INVALID(
      "NPA-S025", "a timestamp is malformed, does not verify or is about other bytes"),
  S026_TIMESTAMP_AUTHORITY("NPA-S026", "a timestamp is not by a trusted timestamp authority"),
  S027_TIMESTAMP_TIME("NPA-S027", "a timestamp states an impossible time"),

  // Trust: what the host has decided, whatever the package says.
  T001_BUNDLE_MALFORMED("NPA-T001", "the trust bundle cannot be read"),
  T002_BUNDLE_SIGNATURE(
      "NPA-T002", "the trust bundle is not signed by whom the platform trusts for it"),
  T003_GENERATION("NPA-T003", "the plugin's generation is below the minimum"),
  T004_BUNDLE_ROLLBACK("NPA-T004", "the trust bundle is older than one that was taken before"),
  T005_BUNDLE_EXPIRED("NPA-T005", "the trust bundle has expired"),
  T006_REVOKED("NPA-T006", "a certificate was revoked before the package was signed"),
  T007_DENIED("NPA-T007", "the package is on the deny-list"),
  T008_ALGORITHM_SUNSET("NPA-T008", "the signature algorithms no longer count"),
  T009_FORMAT("NPA-T009", "the package format is below the minimum"),
  T010_LEVEL("NPA-T010", "the package is vouched for less than the policy demands"),
  T011_BUNDLE_MISSING("NPA-T011", "the policy demands a trust bundle and there is none"),
  T012_BUNDLE_FROM_FUTURE("NPA-T012", "the trust bundle is not yet valid"),

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
  P017_JAR_SIGNATURE("NPA-P017", "the JAR signature is not the one that belongs to the package"),
  P018_FOREIGN_PACKAGE("NPA-P018", "a class lies outside the signer's Java packages"),
  P019_FOREIGN_DEVICE("NPA-P019", "the plugin claims a device of a PCI vendor not the signer's"),

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
  B001_UNREADABLE_CLASS("NPA-B001", "the class file cannot be read"),
  B002_TOO_LARGE("NPA-B002", "a class or the number of classes is over a cap"),
  B003_CLASS_VERSION("NPA-B003", "the class-file version is not one the verifier knows"),
  B004_PARSERS_DISAGREE("NPA-B004", "two parsers read different classes from the same bytes"),
  B005_DUPLICATE_ATTRIBUTE("NPA-B005", "an attribute appears twice"),
  B006_CONSTANT_KIND("NPA-B006", "the constant pool holds a kind that links at run time"),
  B007_CLASS_NAME_MISMATCH("NPA-B007", "the class is not the one its entry names"),
  B008_NAME_CHARACTERS("NPA-B008", "a name is not an ASCII identifier"),
  B009_RESERVED_NAME("NPA-B009", "the class claims a name that is not the vendor's"),
  B010_FOREIGN_CLASS("NPA-B010", "a class outside the plugin and the allow-list is named"),
  B011_FOREIGN_FIELD("NPA-B011", "a field outside the plugin is named"),
  B012_FOREIGN_METHOD("NPA-B012", "a method outside the plugin and the allow-list is named"),
  B013_FOREIGN_TYPE("NPA-B013", "a type outside the plugin and the SDK is used"),
  B014_INACCESSIBLE_MEMBER("NPA-B014", "a member is used from where it cannot be accessed"),
  B015_CALL_KIND("NPA-B015", "the call instruction does not fit what is called"),
  B016_CLASS_FLAGS("NPA-B016", "the class is not a plain final class"),
  B017_SUPERCLASS("NPA-B017", "the superclass is not java.lang.Object"),
  B018_INTERFACES("NPA-B018", "the class implements what it must not, or not what it must"),
  B019_ENTRY_CLASS("NPA-B019", "the entry class lacks what the shell calls"),
  B020_NEST("NPA-B020", "a nest is claimed that is not mutual"),
  B021_STATIC_STATE("NPA-B021", "a static field is not a compile-time constant"),
  B022_STATIC_INITIALIZER("NPA-B022", "a class runs code when it is initialised"),
  B023_HIDDEN_CALLBACK("NPA-B023", "a method overrides what the platform calls by itself"),
  B024_MONITOR("NPA-B024", "a lock is taken"),
  B025_NATIVE_METHOD("NPA-B025", "a method is native or has no code"),
  B026_MEMBER_FLAGS("NPA-B026", "a field or method carries a flag that plain code has not"),
  B027_EXCEPTION_HANDLER("NPA-B027", "an exception is caught"),
  B028_THROW("NPA-B028", "an exception is thrown"),
  B029_FORBIDDEN_INSTRUCTION("NPA-B029", "an instruction outside the profile is used"),
  B030_STRING_TEXT("NPA-B030", "a string is not short printable ASCII"),
  B031_CONSTANT_TYPE("NPA-B031", "a constant is neither a number nor a string"),
  B032_THIS_OVERWRITTEN("NPA-B032", "an instance method overwrites local variable 0"),
  B033_UNREACHABLE_CODE("NPA-B033", "an instruction cannot be reached"),
  B034_TYPE_OPERAND("NPA-B034", "an instruction makes or tests a type that is not the plugin's"),
  B035_DATA_PATH_ALLOCATION("NPA-B035", "the data path allocates"),
  B036_RECURSION("NPA-B036", "a method can call itself"),
  B037_CALL_DEPTH("NPA-B037", "calls nest too deeply"),
  B038_STACK_FRAMES("NPA-B038", "the frames of nested calls are too large"),
  B039_IRREDUCIBLE_FLOW("NPA-B039", "a loop has more than one entry"),
  B040_LOOP_DEPTH("NPA-B040", "loops nest too deeply"),
  B041_COST("NPA-B041", "an entry point does too much work without a loop"),
  B042_ENTRY_POINT_CALL("NPA-B042", "the plugin calls its own entry point"),
  B043_TYPE_SAFETY("NPA-B043", "the rewritten class does not pass verification"),
  B044_UNMETERED_LOOP("NPA-B044", "a loop of the rewritten class is neither proved nor metered"),
  B045_FUEL_DISCIPLINE("NPA-B045", "the rewritten class handles fuel in an unknown way"),
  B046_UNMETERED_ALLOCATION("NPA-B046", "an allocation of the rewritten class is not metered"),
  B047_DUPLICATE_MEMBER("NPA-B047", "a class has two members of one name and type"),
  B048_LOCAL_OUTSIDE_FRAME("NPA-B048", "an instruction uses a local that the frame does not have"),
  B049_FINAL_FIELD("NPA-B049", "a final field is written outside its constructor");

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
