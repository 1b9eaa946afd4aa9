// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ConstantPool;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.AllowList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldNode;

/// Own fields and methods, and every name-and-type pair in the constant pool that is not one of the
/// allow-list's, are typed with primitives, own classes, SDK classes and arrays of those. String
/// and Object are not among them, so a string literal can go nowhere but into `ShellApi.log`.
final class ForeignType implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B013_FOREIGN_TYPE;
  }

  private static final String REMEDY =
      "use primitives, the plugin's classes, SDK classes and arrays of them";

  @Override
  public void check(Subject subject, Refusals out) {
    Set<String> known = new HashSet<>();
    for (PluginClass c : subject.plugin().classes()) {
      for (FieldNode field : c.node().fields) {
        boolean text = field.value instanceof String && isString(field.desc);
        if (field.desc.startsWith("(") || field.desc.equals("V")) {
          out.add(id(), c.at(field), "a field of type " + field.desc, REMEDY);
        }
        String type = text ? "I" : field.desc;
        if (!isKnown(subject, type, known)) {
          refuse(subject, type, c.at(field), out);
        }
      }
      for (PluginMethod method : c.methods()) {
        boolean constructor = method.name().equals("<init>");
        if (!method.descriptor().startsWith("(")
            || constructor && !method.descriptor().endsWith(")V")) {
          out.add(id(), method.here(), "a method of type " + method.descriptor(), REMEDY);
        }
        if (!isKnown(subject, method.descriptor(), known)) {
          refuse(subject, method.descriptor(), method.here(), out);
        }
      }
      pool(subject, c, known, out);
    }
  }

  /// Members of other classes are judged whole, by owner, name and type ([ForeignClass],
  /// [ForeignField], [ForeignMethod]); all other pairs, unused ones too, are judged here.
  private void pool(Subject subject, PluginClass c, Set<String> known, Refusals out) {
    ConstantPool pool = c.raw().pool();
    List<String> unknown = new ArrayList<>(pool.descriptors());
    unknown.removeIf(descriptor -> isKnown(subject, descriptor, known));
    if (unknown.isEmpty()) {
      return;
    }
    unknown.removeAll(judgedWhole(subject, pool));
    for (String descriptor : unknown) {
      for (Location where : c.uses().ofDescriptor(descriptor)) {
        refuse(subject, descriptor, where, out);
      }
    }
  }

  private static Set<String> judgedWhole(Subject subject, ConstantPool pool) {
    Set<String> descriptors = new HashSet<>();
    for (ConstantPool.Member m : pool.members()) {
      if (!subject.plugin().owns(m.owner())) {
        descriptors.add(m.descriptor());
      }
    }
    return descriptors;
  }

  /// Whether there is nothing to refuse in a descriptor.
  ///
  /// @param known those of which that has been found out
  private static boolean isKnown(Subject subject, String descriptor, Set<String> known) {
    if (known.contains(descriptor)) {
      return true;
    }
    Optional<List<Type>> types = Descriptors.types(descriptor);
    boolean found =
        types.isPresent() && types.get().stream().allMatch(subject.world()::isPluginType);
    if (found) {
      known.add(descriptor);
    }
    return found;
  }

  private static boolean isString(String descriptor) {
    return descriptor.equals("L" + AllowList.STRING + ";");
  }

  private static String cause(Type type) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    return element.getSort() == Type.OBJECT
        ? Cause.foreignClass(element.getInternalName())
        : "type " + type.getClassName();
  }

  private void refuse(Subject subject, String descriptor, Location where, Refusals out) {
    Optional<List<Type>> types = Descriptors.types(descriptor);
    if (types.isEmpty()) {
      out.add(id(), where, "descriptor " + descriptor + " is not well-formed", REMEDY);
      return;
    }
    for (Type type : types.get()) {
      if (!subject.world().isPluginType(type)) {
        out.add(cause(type), id(), where, "type " + type.getClassName(), REMEDY);
      }
    }
  }
}
