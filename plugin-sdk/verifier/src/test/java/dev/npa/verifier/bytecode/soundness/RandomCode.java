// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import java.util.Random;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/// Writes a random body for `int m(int, int, long, Ring)` of the ring class: statements. All locals
/// hold a value from the start; below a statement there may be operands on the stack. There are two
/// names for rings, `this` and the argument, and now and then both are the same.
final class RandomCode {
  /// Locals 6 to 11 are ints, 12 to 15 two longs, those above are counters of loops.
  static final int INTS = 6;

  static final int INT_COUNT = 6;
  static final int LONGS = 12;
  static final int OTHER_RING = 5;
  private static final int COUNTERS = 16;
  private static final int DEEPEST_LOOPS = 3;

  final Random random;
  final MethodNode code;
  final RandomExpressions expressions;
  private final RandomLoops loops;
  private final int number;
  private int statements = 24;
  private int nextCounter = COUNTERS;

  RandomCode(Random random, MethodNode method, int number) {
    this.random = random;
    this.code = method;
    this.number = number;
    method.localVariables = null;
    method.tryCatchBlocks.clear();
    this.expressions = new RandomExpressions(random, method);
    this.loops = new RandomLoops(this);
  }

  void write() {
    code.instructions.clear();
    locals();
    block(3, 0);
    expressions.intValue(2);
    code.visitInsn(Opcodes.IRETURN);
  }

  /// Goes on with a constructor where there is another ring: its object can become known to others
  /// before it is done.
  void append() {
    while (code.instructions.getLast().getOpcode() != Opcodes.RETURN) {
      code.instructions.remove(code.instructions.getLast());
    }
    code.instructions.remove(code.instructions.getLast());
    Label more = new Label();
    code.visitVarInsn(Opcodes.ALOAD, OTHER_RING);
    code.visitJumpInsn(Opcodes.IFNONNULL, more);
    code.visitInsn(Opcodes.RETURN);
    code.visitLabel(more);
    locals();
    switch (random.nextInt(3)) {
      case 0 -> expressions.leak();
      case 1 -> expressions.leakAndStoreTwice();
      default -> {
        // Only the statements may let it out.
      }
    }
    block(3, 0);
    if (random.nextInt(8) == 0) {
      endless();
    }
    code.visitInsn(Opcodes.RETURN);
  }

  /// A constructor that does not return, as far as one can see.
  private void endless() {
    Label top = new Label();
    int counter = newCounter(false);
    expressions.constant(1);
    code.visitVarInsn(Opcodes.ISTORE, counter);
    code.visitLabel(top);
    code.visitVarInsn(Opcodes.ILOAD, counter);
    code.visitJumpInsn(Opcodes.IFNE, top);
  }

  private void locals() {
    for (int i = 0; i < INT_COUNT; i++) {
      if (random.nextInt(3) == 0) {
        code.visitVarInsn(Opcodes.ILOAD, 1 + random.nextInt(2));
      } else {
        expressions.constant(Numbers.any(random));
      }
      code.visitVarInsn(Opcodes.ISTORE, INTS + i);
    }
    for (int i = 0; i < 2; i++) {
      code.visitVarInsn(Opcodes.LLOAD, 3);
      code.visitVarInsn(Opcodes.LSTORE, LONGS + 2 * i);
    }
  }

  int newCounter(boolean wide) {
    int slot = nextCounter;
    nextCounter += wide ? 2 : 1;
    return slot;
  }

  /// Some statements.
  void block(int depth, int loopDepth) {
    for (int i = 1 + random.nextInt(3); i > 0 && statements > 0; i--) {
      statement(depth, loopDepth);
    }
  }

  private void statement(int depth, int loopDepth) {
    statements--;
    int kind = random.nextInt(depth == 0 ? 8 : 15);
    switch (kind) {
      case 0, 1 -> {
        expressions.intValue(2);
        code.visitVarInsn(Opcodes.ISTORE, expressions.anyInt());
      }
      case 2 -> code.visitIincInsn(expressions.anyInt(), random.nextInt(7) - 3);
      case 3 -> {
        expressions.longValue(2);
        code.visitVarInsn(Opcodes.LSTORE, LONGS + 2 * random.nextInt(2));
      }
      case 4 -> expressions.storeToField();
      case 5 -> expressions.storeToArray();
      case 6 -> expressions.storeReference();
      case 7 -> expressions.storeTwice();
      case 8 -> branch(depth, loopDepth);
      case 9 -> call();
      case 10 -> choose(depth, loopDepth);
      case 11 -> underneath(depth, loopDepth);
      default -> {
        if (loopDepth < DEEPEST_LOOPS) {
          loops.write(depth, loopDepth);
        } else {
          branch(depth, loopDepth);
        }
      }
    }
  }

  /// Statements with operands of a larger expression below them, as those of a switch in one have.
  private void underneath(int depth, int loopDepth) {
    boolean wide = random.nextBoolean();
    if (wide) {
      expressions.longValue(1);
    }
    expressions.intValue(1);
    block(depth - 1, loopDepth);
    expressions.intValue(0);
    code.visitInsn(Opcodes.IADD);
    code.visitVarInsn(Opcodes.ISTORE, expressions.anyInt());
    if (wide) {
      code.visitVarInsn(Opcodes.LSTORE, LONGS + 2 * random.nextInt(2));
    }
  }

  private void branch(int depth, int loopDepth) {
    Label otherwise = new Label();
    Label end = new Label();
    expressions.jumpUnless(otherwise);
    block(depth - 1, loopDepth);
    code.visitJumpInsn(Opcodes.GOTO, end);
    code.visitLabel(otherwise);
    if (random.nextBoolean()) {
      block(depth - 1, loopDepth);
    }
    code.visitLabel(end);
    code.visitInsn(Opcodes.NOP);
  }

  private void choose(int depth, int loopDepth) {
    Label[] cases = {new Label(), new Label(), new Label()};
    Label end = new Label();
    expressions.intValue(1);
    if (random.nextBoolean()) {
      int min = random.nextInt(5) - 2;
      code.visitTableSwitchInsn(min, min + 2, end, cases);
    } else {
      code.visitLookupSwitchInsn(end, new int[] {-1, 8, 4096}, cases);
    }
    for (Label label : cases) {
      code.visitLabel(label);
      block(depth - 1, loopDepth);
      if (random.nextBoolean()) {
        code.visitJumpInsn(Opcodes.GOTO, end);
      } else {
        code.visitInsn(Opcodes.NOP);
      }
    }
    code.visitLabel(end);
    code.visitInsn(Opcodes.NOP);
  }

  /// Calls a method with a higher number, so there is no recursion.
  private void call() {
    int callee = number + 1 + random.nextInt(RandomPlugin.METHODS);
    if (callee < RandomPlugin.METHODS) {
      expressions.object();
      expressions.intValue(1);
      expressions.intValue(1);
      expressions.longValue(1);
      expressions.object();
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, RandomPlugin.RING, "m" + callee, "(IIJLacme/P$Ring;)I", false);
      code.visitVarInsn(Opcodes.ISTORE, expressions.anyInt());
    }
  }
}
