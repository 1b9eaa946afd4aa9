// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.Meter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Map;
import java.util.SortedMap;

/// Runs the JDK's own verifier (JVMS 4.10.1) over written bytes, in a world that holds the plugin's
/// classes and the allow-list and nothing else. HotSpot does the same again when it links.
final class TypeSafety {
  private static final Map<String, String> ERRORS =
      Map.of(
          Meter.EXHAUSTED,
          "java/lang/Error",
          "java/lang/Error",
          "java/lang/Throwable",
          "java/lang/Throwable",
          AllowList.OBJECT);

  private TypeSafety() {}

  static void check(Plugin plugin, SortedMap<String, byte[]> written, Refusals out) {
    ClassHierarchyResolver world = type -> resolve(plugin, type);
    ClassFile verifier = ClassFile.of(ClassHierarchyResolverOption.of(world));
    written.forEach((name, bytes) -> check(verifier, name, bytes, out));
  }

  /// The JDK's verifier reports what it finds and throws on what it did not expect to find.
  private static void check(ClassFile verifier, String name, byte[] bytes, Refusals out) {
    try {
      verifier.verify(bytes).forEach(error -> refuse(name, error.getMessage(), out));
    } catch (RuntimeException unexpected) {
      refuse(name, "not verified: " + unexpected.getClass().getName(), out);
    }
  }

  static void refuse(String className, String detail, Refusals out) {
    out.add(
        RuleId.B043_TYPE_SAFETY,
        new Location.Member(className, "", ""),
        detail.lines().findFirst().orElse("no reason given"),
        "ship the output of javac");
  }

  /// The JDK wants null for a class that does not exist.
  private static ClassHierarchyInfo resolve(Plugin plugin, ClassDesc type) {
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1);
    if (name.equals(AllowList.PLUGIN)) {
      return ClassHierarchyInfo.ofInterface();
    }
    if (name.equals(AllowList.OBJECT)) {
      return ClassHierarchyInfo.ofClass(null);
    }
    if (ERRORS.containsKey(name)) {
      return ClassHierarchyInfo.ofClass(ClassDesc.ofInternalName(ERRORS.get(name)));
    }
    boolean known = plugin.owns(name) || AllowList.isSdkType(name) || name.equals(AllowList.STRING);
    return known ? ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object) : null;
  }
}
