// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/// The basic blocks of a method and the edges between them. Block 0 is the entry.
///
/// Exception handlers are not edges: code that has them is refused.
public final class FlowGraph {
  private final List<Block> blocks;
  private final int[] blockOf;
  private final BitSet reachable;

  /// Instructions `first..last` and where control goes after `last`.
  public record Block(int first, int last, List<Integer> successors, List<Integer> predecessors) {}

  private FlowGraph(List<Block> blocks, int[] blockOf) {
    this.blocks = blocks;
    this.blockOf = blockOf;
    this.reachable = reach();
  }

  public static FlowGraph of(PluginMethod method) {
    int size = method.code().size();
    BitSet leaders = leaders(method);
    int[] blockOf = new int[size];
    List<Block> blocks = new ArrayList<>();
    for (int first = 0; first < size; ) {
      int next = leaders.nextSetBit(first + 1);
      int end = next < 0 || next > size ? size : next;
      for (int i = first; i < end; i++) {
        blockOf[i] = blocks.size();
      }
      blocks.add(new Block(first, end - 1, new ArrayList<>(), new ArrayList<>()));
      first = end;
    }
    for (int b = 0; b < blocks.size(); b++) {
      for (int target : targets(method, blocks.get(b).last())) {
        // Control that runs off the end of the code goes nowhere; type checking refuses it.
        if (target < size && blocks.get(b).successors().indexOf(blockOf[target]) < 0) {
          blocks.get(b).successors().add(blockOf[target]);
          blocks.get(blockOf[target]).predecessors().add(b);
        }
      }
    }
    return new FlowGraph(blocks, blockOf);
  }

  public List<Block> blocks() {
    return blocks;
  }

  public Block block(int index) {
    return blocks.get(index);
  }

  public int blockOf(int instruction) {
    return blockOf[instruction];
  }

  /// Whether control can enter at this instruction other than from the one before it.
  public boolean startsBlock(int instruction) {
    return blocks.get(blockOf[instruction]).first() == instruction;
  }

  public boolean isReachable(int block) {
    return reachable.get(block);
  }

  /// Where control may go after an instruction, as instruction indexes.
  public static List<Integer> targets(PluginMethod method, int index) {
    AbstractInsnNode insn = method.code().get(index);
    List<Integer> targets = new ArrayList<>();
    for (LabelNode label : labels(insn)) {
      targets.add(method.target(label));
    }
    if (fallsThrough(insn)) {
      targets.add(index + 1);
    }
    return targets;
  }

  /// The labels an instruction jumps to.
  public static List<LabelNode> labels(AbstractInsnNode insn) {
    return switch (insn) {
      case JumpInsnNode jump -> List.of(jump.label);
      case TableSwitchInsnNode table -> with(table.dflt, table.labels);
      case LookupSwitchInsnNode lookup -> with(lookup.dflt, lookup.labels);
      default -> List.of();
    };
  }

  private static List<LabelNode> with(LabelNode first, List<LabelNode> more) {
    List<LabelNode> all = new ArrayList<>(more);
    all.addFirst(first);
    return all;
  }

  public static boolean fallsThrough(AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    return !(opcode == Opcodes.GOTO
        || opcode == Opcodes.TABLESWITCH
        || opcode == Opcodes.LOOKUPSWITCH
        || opcode == Opcodes.RET
        || opcode == Opcodes.ATHROW
        || isReturn(opcode));
  }

  public static boolean isReturn(int opcode) {
    return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
  }

  private static BitSet leaders(PluginMethod method) {
    BitSet leaders = new BitSet();
    leaders.set(0);
    for (int i = 0; i < method.code().size(); i++) {
      AbstractInsnNode insn = method.code().get(i);
      List<LabelNode> labels = labels(insn);
      labels.forEach(label -> leaders.set(method.target(label)));
      if (!labels.isEmpty() || !fallsThrough(insn)) {
        leaders.set(i + 1);
      }
    }
    return leaders;
  }

  private BitSet reach() {
    BitSet seen = new BitSet();
    Deque<Integer> work = new ArrayDeque<>();
    if (!blocks.isEmpty()) {
      seen.set(0);
      work.add(0);
    }
    while (!work.isEmpty()) {
      for (int next : blocks.get(work.remove()).successors()) {
        if (!seen.get(next)) {
          seen.set(next);
          work.add(next);
        }
      }
    }
    return seen;
  }
}
