// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ConstantPool;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.read.Uses;
import dev.npa.verifier.bytecode.world.AllowList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    for (PluginClass c : subject.plugin().classes()) {
      for (FieldNode field : c.node().fields) {
        boolean text = field.value instanceof String && isString(field.desc);
        if (field.desc.startsWith("(") || field.desc.equals("V")) {
          out.add(id(), c.at(field), "a field of type " + field.desc, REMEDY);
        }
        require(subject, text ? "I" : field.desc, c.at(field), out);
      }
      for (PluginMethod method : c.methods()) {
        boolean constructor = method.name().equals("<init>");
        if (!method.descriptor().startsWith("(")
            || constructor && !method.descriptor().endsWith(")V")) {
          out.add(id(), method.here(), "a method of type " + method.descriptor(), REMEDY);
        }
        require(subject, method.descriptor(), method.here(), out);
      }
      pool(subject, c, out);
    }
  }

  /// Members of the allow-list have the types they have; all other pairs, unused ones too, not.
  private void pool(Subject subject, PluginClass c, Refusals out) {
    ConstantPool pool = c.raw().pool();
    Uses uses = c.uses();
    Set<String> allowed =
        pool.members().stream()
            .filter(
                m ->
                    AllowList.hasMethod(m.owner(), m.name(), m.descriptor())
                        || subject.world().isInserted(m.owner(), m.name(), m.descriptor()))
            .map(ConstantPool.Member::descriptor)
            .collect(Collectors.toSet());
    for (String descriptor : pool.descriptors()) {
      if (!allowed.contains(descriptor)) {
        for (Location where : uses.ofDescriptor(descriptor)) {
          require(subject, descriptor, where, out);
        }
      }
    }
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

  private void require(Subject subject, String descriptor, Location where, Refusals out) {
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
