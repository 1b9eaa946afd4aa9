// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rewrite.Rewriter;
import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.Meter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

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

  private final Plugin vendor;
  private final ClassFile verifier;
  private final Refusals out;

  /// @param vendor what the vendor wrote; the written classes have the same names
  TypeSafety(Plugin vendor, Refusals out) {
    this.vendor = vendor;
    ClassHierarchyResolver world = type -> resolve(vendor, type);
    this.verifier = ClassFile.of(ClassHierarchyResolverOption.of(world));
    this.out = out;
  }

  void check(SortedMap<String, byte[]> written) {
    written.forEach(
        (name, bytes) -> {
          List<String> errors = errors(() -> verifier.verify(bytes));
          if (!errors.isEmpty()) {
            explain(vendor.find(name).stream().toList(), name, errors);
          }
        });
  }

  /// ASM threw when it computed stack maps, which it does on code that is not type-safe.
  void notWritten(RuntimeException reason) {
    explain(vendor.classes(), vendor.entryName(), List.of(noStackMap(reason)));
  }

  /// What is wrong with the vendor's classes is said of them, in places that the vendor can look
  /// up. If nothing is, the rewriter is to blame.
  private void explain(Collection<PluginClass> classes, String name, List<String> errors) {
    boolean vendors = false;
    for (PluginClass c : classes) {
      List<String> own = errorsOf(c);
      own.forEach(error -> refuse(c.name(), error, "ship the output of javac"));
      vendors |= !own.isEmpty();
    }
    if (!vendors) {
      errors.forEach(
          error ->
              refuse(name, "only as rewritten: " + error, "report this: the rewriter is wrong"));
    }
  }

  private List<String> errorsOf(PluginClass vendors) {
    try {
      byte[] unmetered = Rewriter.unmetered(vendors);
      return errors(() -> verifier.verify(unmetered));
    } catch (RuntimeException notTypeSafe) {
      return List.of(noStackMap(notTypeSafe));
    }
  }

  private static String noStackMap(RuntimeException reason) {
    return "no stack map: " + reason.getClass().getName();
  }

  /// The JDK's verifier reports what it finds and throws on what it did not expect to find.
  private static List<String> errors(Supplier<List<VerifyError>> verification) {
    try {
      return verification.get().stream()
          .map(error -> error.getMessage().lines().findFirst().orElse("no reason given"))
          .toList();
    } catch (RuntimeException unexpected) {
      return List.of("not verified: " + unexpected.getClass().getName());
    }
  }

  private void refuse(String className, String detail, String remedy) {
    out.add(RuleId.B043_TYPE_SAFETY, new Location.Member(className, "", ""), detail, remedy);
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
