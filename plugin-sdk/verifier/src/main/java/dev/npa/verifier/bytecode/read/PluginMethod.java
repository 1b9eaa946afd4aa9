// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/// One method of the plugin: ASM's tree plus positions. Instruction indexes count real instructions
/// only, so that they mean the same in ASM, in `java.lang.classfile` and in `javap`.
public final class PluginMethod {
  private final PluginClass owner;
  private final MethodNode node;
  private final List<AbstractInsnNode> code = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final BitSet opcodes = new BitSet();
  private final BitSet uses = new BitSet();
  private final IdentityHashMap<LabelNode, Integer> targets = new IdentityHashMap<>();

  PluginMethod(PluginClass owner, MethodNode node) {
    this.owner = owner;
    this.node = node;
    int line = 0;
    for (AbstractInsnNode insn : node.instructions) {
      switch (insn) {
        case LabelNode label -> targets.put(label, code.size());
        case LineNumberNode number -> line = number.line;
        default -> {
          if (insn.getOpcode() >= 0) {
            code.add(insn);
            lines.add(line);
            opcodes.set(insn.getOpcode());
            if (isUse(insn.getType())) {
              uses.set(code.size() - 1);
            }
          }
        }
      }
    }
  }

  public PluginClass owner() {
    return owner;
  }

  public MethodNode node() {
    return node;
  }

  public String name() {
    return node.name;
  }

  public String descriptor() {
    return node.desc;
  }

  /// The instructions, without labels, line numbers and frames.
  public List<AbstractInsnNode> code() {
    return code;
  }

  private static boolean isUse(int type) {
    return type == AbstractInsnNode.FIELD_INSN
        || type == AbstractInsnNode.METHOD_INSN
        || type == AbstractInsnNode.TYPE_INSN;
  }

  /// Indexes of the instructions that name a field, a method or a type; not to be changed.
  public BitSet uses() {
    return uses;
  }

  /// Whether an instruction of this kind is among them.
  public boolean has(int opcode) {
    return opcodes.get(opcode);
  }

  /// Index of the instruction a label stands before; `code().size()` for one at the very end.
  public int target(LabelNode label) {
    return targets.get(label);
  }

  public boolean is(int access) {
    return (node.access & access) != 0;
  }

  public boolean isStatic() {
    return is(Opcodes.ACC_STATIC);
  }

  public Location here() {
    return new Location.Member(owner.name(), node.name, node.desc);
  }

  public Location at(int index) {
    if (index >= code.size()) {
      return here();
    }
    String source = owner.node().sourceFile;
    int line = lines.get(index);
    String place = source == null || line == 0 ? "" : source + ":" + line;
    return new Location.Instruction(owner.name(), node.name, node.desc, index, place);
  }

  @Override
  public String toString() {
    return owner.name() + "." + node.name + node.desc;
  }
}
