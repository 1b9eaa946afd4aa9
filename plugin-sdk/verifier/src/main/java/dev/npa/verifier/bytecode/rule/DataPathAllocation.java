// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.EntryPoints;
import org.objectweb.asm.Opcodes;

/// Nothing that the eight data-path entry points can reach allocates.
final class DataPathAllocation implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B035_DATA_PATH_ALLOCATION;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.control().calls().reachedFrom(EntryPoints.DATA_PATH)) {
      boolean suspect =
          method.has(Opcodes.NEW)
              || method.has(Opcodes.NEWARRAY)
              || method.has(Opcodes.ANEWARRAY)
              || method.has(Opcodes.MULTIANEWARRAY);
      for (int i = 0; suspect && i < method.code().size(); i++) {
        int opcode = method.code().get(i).getOpcode();
        if (opcode == Opcodes.NEW
            || opcode == Opcodes.NEWARRAY
            || opcode == Opcodes.ANEWARRAY
            || opcode == Opcodes.MULTIANEWARRAY) {
          out.add(
              id(),
              method.at(i),
              "in " + method.owner().name().replace('/', '.') + "." + method.name(),
              "allocate in swInit and keep it in a field");
        }
      }
    }
  }
}
