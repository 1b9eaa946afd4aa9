// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import java.util.Random;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/// Writes random loops: tested before, after or in the middle, counting up, down, by several, by
/// different amounts on different ways, not at all; with breaks, continues that step and others
/// that do not, and limits that change.
final class RandomLoops {
  private final RandomCode around;
  private final Random random;
  private final MethodNode code;
  private final RandomExpressions expressions;

  RandomLoops(RandomCode around) {
    this.around = around;
    this.random = around.random;
    this.code = around.code;
    this.expressions = around.expressions;
  }

  /// The counter of one loop.
  private record Counter(int slot, boolean wide, int step) {}

  void write(int depth, int loopDepth) {
    if (random.nextInt(6) == 0) {
      limitedByField(depth, loopDepth);
      return;
    }
    boolean wide = random.nextInt(5) == 0;
    Counter counter = new Counter(around.newCounter(wide), wide, step());
    start(counter);
    if (random.nextInt(8) == 0 && !wide) {
      countedDown(counter, depth, loopDepth);
      return;
    }
    Label top = new Label();
    Label next = new Label();
    Label end = new Label();
    boolean testFirst = random.nextInt(3) != 0;
    code.visitLabel(top);
    if (testFirst) {
      test(counter, end);
    }
    around.block(depth - 1, loopDepth + 1);
    way(counter, top, next, end);
    code.visitLabel(next);
    step(counter);
    if (testFirst) {
      code.visitJumpInsn(Opcodes.GOTO, top);
    } else {
      test(counter, end);
      code.visitJumpInsn(Opcodes.GOTO, top);
    }
    code.visitLabel(end);
    code.visitInsn(Opcodes.NOP);
  }

  /// `a.f = 4; for (int i = 0; i < a.f; i++) { b.f = i + 5; }`, where `b` may be `a`.
  private void limitedByField(int depth, int loopDepth) {
    Counter counter = new Counter(around.newCounter(false), false, 1);
    Label top = new Label();
    Label end = new Label();
    String field = expressions.anyChanging();
    expressions.store(field, false, () -> expressions.constant(random.nextInt(20)));
    expressions.constant(0);
    code.visitVarInsn(Opcodes.ISTORE, counter.slot);
    code.visitLabel(top);
    code.visitVarInsn(Opcodes.ILOAD, counter.slot);
    expressions.load(field, false);
    code.visitJumpInsn(Opcodes.IF_ICMPGE, end);
    if (random.nextBoolean()) {
      around.block(depth - 1, loopDepth + 1);
    }
    expressions.store(
        field,
        true,
        () -> {
          code.visitVarInsn(Opcodes.ILOAD, counter.slot);
          expressions.constant(random.nextInt(8) - 2);
          code.visitInsn(Opcodes.IADD);
        });
    step(counter);
    code.visitJumpInsn(Opcodes.GOTO, top);
    code.visitLabel(end);
    code.visitInsn(Opcodes.NOP);
  }

  private int step() {
    int[] steps = {1, 1, 1, 2, 3, 4, 8, 16, 1000, 40000, -1, -1, -2, -4, -7, 0};
    return steps[random.nextInt(steps.length)];
  }

  private void start(Counter counter) {
    if (counter.wide) {
      expressions.longValue(0);
      code.visitVarInsn(Opcodes.LSTORE, counter.slot);
      return;
    }
    if (random.nextBoolean()) {
      expressions.constant(random.nextInt(3) == 0 ? Numbers.any(random) : random.nextInt(20));
    } else {
      expressions.intValue(1);
    }
    code.visitVarInsn(Opcodes.ISTORE, counter.slot);
  }

  /// `while (n-- > 0)`.
  private void countedDown(Counter counter, int depth, int loopDepth) {
    Label top = new Label();
    Label end = new Label();
    code.visitLabel(top);
    code.visitVarInsn(Opcodes.ILOAD, counter.slot);
    code.visitIincInsn(counter.slot, -1);
    code.visitJumpInsn(random.nextBoolean() ? Opcodes.IFLE : Opcodes.IFEQ, end);
    around.block(depth - 1, loopDepth + 1);
    code.visitJumpInsn(Opcodes.GOTO, top);
    code.visitLabel(end);
    code.visitInsn(Opcodes.NOP);
  }

  private void way(Counter counter, Label top, Label next, Label end) {
    switch (random.nextInt(7)) {
      case 0 -> expressions.jumpUnless(next);
      case 1 -> expressions.jumpUnless(end);
      case 2 -> {
        Label otherwise = new Label();
        expressions.jumpUnless(otherwise);
        step(counter);
        code.visitLabel(otherwise);
        code.visitInsn(Opcodes.NOP);
      }
      case 3 -> {
        if (!counter.wide && random.nextInt(3) == 0) {
          expressions.intValue(1);
          code.visitVarInsn(Opcodes.ISTORE, counter.slot);
        }
      }
      case 4 -> {
        if (random.nextInt(3) == 0) {
          expressions.jumpUnless(top);
        }
      }
      default -> {
        // Straight on.
      }
    }
  }

  private void step(Counter counter) {
    if (counter.wide) {
      code.visitVarInsn(Opcodes.LLOAD, counter.slot);
      code.visitLdcInsn((long) counter.step);
      code.visitInsn(Opcodes.LADD);
      code.visitVarInsn(Opcodes.LSTORE, counter.slot);
    } else if (Math.abs(counter.step) < 100 && random.nextInt(4) != 0) {
      code.visitIincInsn(counter.slot, counter.step);
    } else {
      code.visitVarInsn(Opcodes.ILOAD, counter.slot);
      boolean minus = random.nextBoolean();
      expressions.constant(minus ? -counter.step : counter.step);
      code.visitInsn(minus ? Opcodes.ISUB : Opcodes.IADD);
      code.visitVarInsn(Opcodes.ISTORE, counter.slot);
    }
  }

  /// Leaves the loop unless a comparison that suits the direction holds; now and then another.
  private void test(Counter counter, Label end) {
    int[] leaving =
        counter.step >= 0
            ? new int[] {Opcodes.IFGE, Opcodes.IFGT, Opcodes.IFEQ, Opcodes.IFGE}
            : new int[] {Opcodes.IFLE, Opcodes.IFLT, Opcodes.IFEQ, Opcodes.IFLT};
    int opcode =
        random.nextInt(10) == 0
            ? Opcodes.IFEQ + random.nextInt(6)
            : leaving[random.nextInt(leaving.length)];
    if (counter.wide) {
      code.visitVarInsn(Opcodes.LLOAD, counter.slot);
      expressions.intValue(0);
      code.visitInsn(Opcodes.I2L);
      code.visitInsn(Opcodes.LCMP);
      code.visitJumpInsn(opcode, end);
    } else if (random.nextInt(5) == 0) {
      limit();
      code.visitVarInsn(Opcodes.ILOAD, counter.slot);
      code.visitJumpInsn(flipped(opcode) + Opcodes.IF_ICMPEQ - Opcodes.IFEQ, end);
    } else {
      code.visitVarInsn(Opcodes.ILOAD, counter.slot);
      if (random.nextInt(6) == 0) {
        expressions.constant(random.nextInt(5) - 2);
        code.visitInsn(Opcodes.IADD);
      }
      limit();
      code.visitJumpInsn(opcode + Opcodes.IF_ICMPEQ - Opcodes.IFEQ, end);
    }
  }

  private void limit() {
    if (random.nextInt(3) == 0) {
      expressions.constant(random.nextInt(4) == 0 ? Numbers.any(random) : random.nextInt(64));
    } else if (random.nextInt(3) == 0) {
      expressions.load(expressions.anyChanging(), false);
    } else {
      expressions.intValue(random.nextInt(2));
    }
  }

  private static int flipped(int opcode) {
    return switch (opcode) {
      case Opcodes.IFLT -> Opcodes.IFGT;
      case Opcodes.IFGE -> Opcodes.IFLE;
      case Opcodes.IFGT -> Opcodes.IFLT;
      case Opcodes.IFLE -> Opcodes.IFGE;
      default -> opcode;
    };
  }
}
