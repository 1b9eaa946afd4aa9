// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import java.util.function.Predicate;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/// Changes where jumps and switches go.
final class Labels {
  private Labels() {}

  static void replace(AbstractInsnNode insn, Predicate<LabelNode> which, LabelNode by) {
    switch (insn) {
      case JumpInsnNode jump -> jump.label = which.test(jump.label) ? by : jump.label;
      case TableSwitchInsnNode table -> {
        table.dflt = which.test(table.dflt) ? by : table.dflt;
        table.labels.replaceAll(label -> which.test(label) ? by : label);
      }
      case LookupSwitchInsnNode lookup -> {
        lookup.dflt = which.test(lookup.dflt) ? by : lookup.dflt;
        lookup.labels.replaceAll(label -> which.test(label) ? by : label);
      }
      default -> {
        // Goes on to the next instruction.
      }
    }
  }
}
