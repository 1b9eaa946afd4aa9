// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// Where a class first uses each constant: the pool says what is named, this says where.
public final class FirstUse {
  private final PluginClass subject;
  private final Map<String, Location> places = new HashMap<>();

  private FirstUse(PluginClass subject) {
    this.subject = subject;
  }

  public static FirstUse of(PluginClass subject) {
    FirstUse uses = new FirstUse(subject);
    for (PluginMethod method : subject.methods()) {
      for (int i = 0; i < method.code().size(); i++) {
        uses.add(method.code().get(i), method.at(i));
      }
    }
    return uses;
  }

  /// The first instruction that names the class, or the class that does in vain.
  public Location ofClass(String name) {
    return places.getOrDefault("class " + name, subject.here());
  }

  public Location ofMember(ConstantPool.Member member) {
    return places.getOrDefault(
        member(member.owner(), member.name(), member.descriptor()), subject.here());
  }

  public Location ofString(String text) {
    return places.getOrDefault("string " + text, subject.here());
  }

  private void add(AbstractInsnNode insn, Location at) {
    switch (insn) {
      case FieldInsnNode f -> {
        places.putIfAbsent(member(f.owner, f.name, f.desc), at);
        places.putIfAbsent("class " + f.owner, at);
      }
      case MethodInsnNode m -> {
        places.putIfAbsent(member(m.owner, m.name, m.desc), at);
        places.putIfAbsent("class " + m.owner, at);
      }
      case TypeInsnNode t -> places.putIfAbsent("class " + t.desc, at);
      case LdcInsnNode c -> places.putIfAbsent("string " + c.cst, at);
      default -> {
        // Names no constant that a rule asks for.
      }
    }
  }

  private static String member(String owner, String name, String descriptor) {
    return "member " + owner + "." + name + " " + descriptor;
  }
}
