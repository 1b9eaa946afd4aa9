// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.bytecode.world.AllowList;
import java.util.Set;

/// What a vendor who reached for a class or method of the platform can do instead.
final class Instead {
  private Instead() {}

  /// @param foreignClass internal name
  /// @param members names of those that the vendor's class uses
  static String of(String foreignClass, Set<String> members) {
    return switch (foreignClass) {
      case "java/lang/System" ->
          members.contains("arraycopy") ? "copy in a loop" : ofPackage(foreignClass);
      case "java/util/Arrays" -> "write the loop";
      case "java/util/Objects" ->
          "make nested classes static (javac calls it for those that are not), and compare with"
              + " null yourself";
      default -> ofPackage(foreignClass);
    };
  }

  /// @param owner internal name of a class whose methods are on the allow-list, but for this one
  static String ofMethod(String owner, String name) {
    Set<String> there = AllowList.methodNames(owner);
    if (there.isEmpty()) {
      return ForeignClass.REMEDY;
    }
    String simple = owner.substring(owner.lastIndexOf('/') + 1);
    return boxes(owner, name)
        ? "use the primitive type, not " + simple + ": nothing is boxed"
        : simple + " has here: " + String.join(", ", there);
  }

  /// Whether a method makes an object of a number, or a number of such.
  static boolean boxes(String owner, String name) {
    return AllowList.isNumbers(owner)
        && (name.equals("valueOf") || name.endsWith("Value") || name.equals("<init>"));
  }

  private static String ofPackage(String foreignClass) {
    int slash = foreignClass.lastIndexOf('/');
    String simple = foreignClass.substring(slash + 1);
    return switch (slash < 0 ? "" : foreignClass.substring(0, slash)) {
      case "java/io", "java/util/logging" -> "log with ShellApi.log: a literal and one number";
      case "java/lang/reflect", "java/lang/invoke" ->
          "call what you mean: nothing is looked up at run time";
      case "java/util" -> "make arrays in swInit and keep them in fields";
      case "java/util/concurrent", "java/util/concurrent/atomic", "java/util/concurrent/locks" ->
          "use plain fields: one thread at a time calls a plugin";
      case "java/lang" -> ofLanguage(simple);
      default -> ForeignClass.REMEDY;
    };
  }

  private static String ofLanguage(String simple) {
    return switch (simple) {
      case "System" -> "log with ShellApi.log: a literal and one number; there is no clock";
      case "String", "StringBuilder", "StringBuffer", "CharSequence" ->
          "use text as a literal for ShellApi.log and nowhere else";
      case "Thread", "ThreadLocal", "Runnable" ->
          "use plain fields: one thread at a time calls a plugin";
      case "Class", "ClassLoader", "Module" ->
          "call what you mean: nothing is looked up at run time";
      case "MatchException" -> "switch over int constants, as a statement or with default";
      case "Enum" -> "use int constants";
      case "Record" -> "declare a final class";
      default ->
          simple.endsWith("Exception") || simple.endsWith("Error") || simple.equals("Throwable")
              ? "return a value that says what went wrong"
              : ForeignClass.REMEDY;
    };
  }
}
