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
  B047_DUPLICATE_MEMBER("NPA-B047", "a class has two members of one name and type");

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
