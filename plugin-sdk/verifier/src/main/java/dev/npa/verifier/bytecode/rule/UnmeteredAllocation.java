// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.Constants;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.flow.ObjectSize;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;

/// Rewritten code: each `new` and `newarray` follows directly on the charge for its bytes.
final class UnmeteredAllocation implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B046_UNMETERED_ALLOCATION;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodFlow flow : subject.flow().methods()) {
      InsertedCode inserted = new InsertedCode(flow, subject.world().meter());
      for (int i = 0; i < flow.method().code().size(); i++) {
        OptionalInt bytes = ObjectSize.of(subject.plugin(), inserted.insn(i));
        if (bytes.isEmpty()) {
          continue;
        }
        boolean object = inserted.insn(i).getOpcode() == Opcodes.NEW;
        String charge = object ? Meter.OBJECT_METHOD : Meter.ARRAY_METHOD;
        boolean charged =
            i >= 2
                && inserted.isCharge(i - 1, charge)
                && Constants.intValue(inserted.insn(i - 2)).orElse(-1) >= bytes.getAsInt()
                && inserted.isStraight(i - 2, i);
        if (!charged) {
          out.add(
              id(),
              flow.method().at(i),
              "an allocation without its charge",
              "report this: the rewriter is wrong");
        }
      }
    }
  }
}
