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
  private final Map<Key, List<Use>> places = new HashMap<>();

  private record Use(PluginMethod method, int index) {}

  private enum Kind {
    CLASS,
    MEMBER,
    DESCRIPTOR,
    STRING
  }

  private record Key(Kind kind, String text, String name, String descriptor) {
    static Key of(Kind kind, String text) {
      return new Key(kind, text, "", "");
    }
  }

  private Uses(PluginClass subject) {
    this.subject = subject;
  }

  static Uses of(PluginClass subject) {
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
    return places(Key.of(Kind.CLASS, name));
  }

  /// Whether an instruction names the class.
  public boolean hasClass(String name) {
    return places.containsKey(Key.of(Kind.CLASS, name));
  }

  public List<Location> ofMember(ConstantPool.Member member) {
    return places(new Key(Kind.MEMBER, member.owner(), member.name(), member.descriptor()));
  }

  /// The instructions that call a method of this type or use a field of it.
  public List<Location> ofDescriptor(String descriptor) {
    return places(Key.of(Kind.DESCRIPTOR, descriptor));
  }

  public List<Location> ofString(String text) {
    return places(Key.of(Kind.STRING, text));
  }

  private List<Location> places(Key constant) {
    List<Use> uses = places.getOrDefault(constant, List.of());
    return uses.isEmpty()
        ? List.of(subject.here())
        : uses.stream().map(use -> use.method().at(use.index())).toList();
  }

  private void add(AbstractInsnNode insn, Use use) {
    switch (insn) {
      case FieldInsnNode f -> {
        put(new Key(Kind.MEMBER, f.owner, f.name, f.desc), use);
        put(Key.of(Kind.CLASS, f.owner), use);
        put(Key.of(Kind.DESCRIPTOR, f.desc), use);
      }
      case MethodInsnNode m -> {
        put(new Key(Kind.MEMBER, m.owner, m.name, m.desc), use);
        put(Key.of(Kind.CLASS, m.owner), use);
        put(Key.of(Kind.DESCRIPTOR, m.desc), use);
      }
      case TypeInsnNode t -> put(Key.of(Kind.CLASS, t.desc), use);
      case LdcInsnNode c when c.cst instanceof String text -> put(Key.of(Kind.STRING, text), use);
      default -> {
        // Names no constant that a rule asks for.
      }
    }
  }

  private void put(Key constant, Use use) {
    places.computeIfAbsent(constant, _ -> new ArrayList<>()).add(use);
  }
}
