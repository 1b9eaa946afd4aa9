// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// Where a class uses each constant: the pool says what is named, this says where.
public final class Uses {
  private final PluginClass subject;
  private final Map<String, List<Use>> places = new HashMap<>();

  private record Use(PluginMethod method, int index) {}

  private Uses(PluginClass subject) {
    this.subject = subject;
  }

  public static Uses of(PluginClass subject) {
    Uses uses = new Uses(subject);
    for (PluginMethod method : subject.methods()) {
      for (int i = 0; i < method.code().size(); i++) {
        uses.add(method.code().get(i), new Use(method, i));
      }
    }
    return uses;
  }

  /// The instructions that name the class, or else the class that does so in vain.
  public List<Location> ofClass(String name) {
    return places("class " + name);
  }

  /// Whether an instruction names the class.
  public boolean hasClass(String name) {
    return places.containsKey("class " + name);
  }

  public List<Location> ofMember(ConstantPool.Member member) {
    return places(member(member.owner(), member.name(), member.descriptor()));
  }

  /// The instructions that call a method of this type or use a field of it.
  public List<Location> ofDescriptor(String descriptor) {
    return places("descriptor " + descriptor);
  }

  public List<Location> ofString(String text) {
    return places("string " + text);
  }

  private List<Location> places(String constant) {
    List<Use> uses = places.getOrDefault(constant, List.of());
    return uses.isEmpty()
        ? List.of(subject.here())
        : uses.stream().map(use -> use.method().at(use.index())).toList();
  }

  private void add(AbstractInsnNode insn, Use use) {
    switch (insn) {
      case FieldInsnNode f -> {
        put(member(f.owner, f.name, f.desc), use);
        put("class " + f.owner, use);
        put("descriptor " + f.desc, use);
      }
      case MethodInsnNode m -> {
        put(member(m.owner, m.name, m.desc), use);
        put("class " + m.owner, use);
        put("descriptor " + m.desc, use);
      }
      case TypeInsnNode t -> put("class " + t.desc, use);
      case LdcInsnNode c -> put("string " + c.cst, use);
      default -> {
        // Names no constant that a rule asks for.
      }
    }
  }

  private void put(String constant, Use use) {
    places.computeIfAbsent(constant, _ -> new ArrayList<>()).add(use);
  }

  private static String member(String owner, String name, String descriptor) {
    return "member " + owner + "." + name + " " + descriptor;
  }
}
