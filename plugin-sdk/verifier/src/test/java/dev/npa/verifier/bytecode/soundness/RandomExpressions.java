// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import java.util.Arrays;
import java.util.Random;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/// Writes random expressions and stores.
final class RandomExpressions {
  private static final String[] INT_FIELDS = {
    "size I",
    "mask I",
    "half I",
    "head I",
    "tail I",
    "count I",
    "tiny B",
    "flag Z",
    "brief S",
    "letter C",
    "edge I"
  };

  private static final int FIRST_CHANGING = 3;
  private static final String NEXT = "next Lacme/P$Ring;";

  private static final int[] INT_OPERATIONS = {
    Opcodes.IADD, Opcodes.ISUB, Opcodes.IMUL, Opcodes.IDIV, Opcodes.IREM, Opcodes.ISHL,
    Opcodes.ISHR, Opcodes.IUSHR, Opcodes.IAND, Opcodes.IAND, Opcodes.IOR, Opcodes.IXOR
  };

  private static final int[] LONG_OPERATIONS = {
    Opcodes.LADD,
    Opcodes.LSUB,
    Opcodes.LMUL,
    Opcodes.LDIV,
    Opcodes.LREM,
    Opcodes.LAND,
    Opcodes.LOR,
    Opcodes.LXOR
  };

  private final Random random;
  private final MethodNode code;

  /// The fields that this method stores to: few, so that little is known to be stored to others.
  private final String[] changing;

  RandomExpressions(Random random, MethodNode code) {
    this.random = random;
    this.code = code;
    this.changing = new String[1 + random.nextInt(3)];
    Arrays.setAll(
        changing,
        i -> INT_FIELDS[FIRST_CHANGING + random.nextInt(INT_FIELDS.length - FIRST_CHANGING)]);
  }

  /// A field that this method may change.
  String anyChanging() {
    return changing[random.nextInt(changing.length)];
  }

  /// @param other of the ring in the argument, not of `this`
  void load(String field, boolean other) {
    code.visitVarInsn(Opcodes.ALOAD, other ? RandomCode.OTHER_RING : 0);
    access(Opcodes.GETFIELD, field);
  }

  void store(String field, boolean other, Runnable value) {
    code.visitVarInsn(Opcodes.ALOAD, other ? RandomCode.OTHER_RING : 0);
    value.run();
    access(Opcodes.PUTFIELD, field);
  }

  int anyInt() {
    return RandomCode.INTS + random.nextInt(RandomCode.INT_COUNT);
  }

  void constant(int value) {
    if (value >= -1 && value <= 5) {
      code.visitInsn(Opcodes.ICONST_0 + value);
    } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
      code.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      code.visitLdcInsn(value);
    }
  }

  void intValue(int depth) {
    switch (random.nextInt(depth == 0 ? 6 : 14)) {
      case 0, 1 -> code.visitVarInsn(Opcodes.ILOAD, anyInt());
      case 2 -> code.visitVarInsn(Opcodes.ILOAD, 1 + random.nextInt(2));
      case 3 -> constant(Numbers.any(random));
      case 4 -> field(INT_FIELDS[random.nextInt(INT_FIELDS.length)]);
      case 5 -> {
        field(array());
        code.visitInsn(Opcodes.ARRAYLENGTH);
      }
      case 6 -> {
        String array = array();
        field(array);
        index(array);
        if (array.startsWith("slots")) {
          code.visitInsn(Opcodes.LALOAD);
          code.visitInsn(Opcodes.L2I);
        } else {
          code.visitInsn(Opcodes.IALOAD);
        }
      }
      case 7 -> {
        longValue(depth - 1);
        code.visitInsn(Opcodes.L2I);
      }
      case 8 -> {
        intValue(depth - 1);
        int[] conversions = {Opcodes.I2B, Opcodes.I2C, Opcodes.I2S, Opcodes.INEG};
        code.visitInsn(conversions[random.nextInt(conversions.length)]);
      }
      case 9 -> number(depth);
      case 10 -> {
        intValue(depth - 1);
        constant(Numbers.any(random));
        code.visitInsn(INT_OPERATIONS[random.nextInt(INT_OPERATIONS.length)]);
      }
      case 11 -> {
        intValue(depth - 1);
        code.visitInsn(Opcodes.DUP);
        code.visitVarInsn(Opcodes.ISTORE, anyInt());
      }
      default -> {
        intValue(depth - 1);
        intValue(depth - 1);
        code.visitInsn(INT_OPERATIONS[random.nextInt(INT_OPERATIONS.length)]);
      }
    }
  }

  private void number(int depth) {
    intValue(depth - 1);
    switch (random.nextInt(5)) {
      case 0 -> call("java/lang/Integer", "bitCount", "(I)I");
      case 1 -> call("java/lang/Math", "abs", "(I)I");
      case 2 -> {
        intValue(depth - 1);
        call("java/lang/Math", random.nextBoolean() ? "min" : "max", "(II)I");
      }
      case 3 -> {
        intValue(depth - 1);
        call("java/lang/Integer", "remainderUnsigned", "(II)I");
      }
      default -> call("java/lang/Short", "toUnsignedInt", "(S)I");
    }
  }

  private void call(String owner, String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }

  void longValue(int depth) {
    switch (random.nextInt(depth == 0 ? 4 : 8)) {
      case 0 -> code.visitVarInsn(Opcodes.LLOAD, RandomCode.LONGS + 2 * random.nextInt(2));
      case 1 -> code.visitVarInsn(Opcodes.LLOAD, 3);
      case 2 -> code.visitLdcInsn(random.nextInt(4) == 0 ? random.nextLong() : Numbers.any(random));
      case 3 -> field("total J");
      case 4, 5 -> {
        intValue(depth - 1);
        code.visitInsn(Opcodes.I2L);
      }
      case 6 -> {
        longValue(depth - 1);
        intValue(depth - 1);
        int[] shifts = {Opcodes.LSHL, Opcodes.LSHR, Opcodes.LUSHR};
        code.visitInsn(shifts[random.nextInt(shifts.length)]);
      }
      default -> {
        longValue(depth - 1);
        longValue(depth - 1);
        code.visitInsn(LONG_OPERATIONS[random.nextInt(LONG_OPERATIONS.length)]);
      }
    }
  }

  private void field(String nameAndType) {
    object();
    access(Opcodes.GETFIELD, nameAndType);
  }

  /// This object, or now and then the other, or the next of either.
  void object() {
    code.visitVarInsn(Opcodes.ALOAD, random.nextInt(4) == 0 ? RandomCode.OTHER_RING : 0);
    if (random.nextInt(8) == 0) {
      access(Opcodes.GETFIELD, NEXT);
    }
  }

  private void access(int opcode, String nameAndType) {
    int space = nameAndType.indexOf(' ');
    code.visitFieldInsn(
        opcode,
        RandomPlugin.RING,
        nameAndType.substring(0, space),
        nameAndType.substring(space + 1));
  }

  private String array() {
    String[] arrays = {"slots [J", "small [I", "other [I"};
    return arrays[random.nextInt(arrays.length)];
  }

  /// Often one that is inside.
  private void index(String array) {
    intValue(0);
    if (random.nextInt(4) != 0) {
      if (array.startsWith("slots")) {
        field("mask I");
      } else {
        constant(random.nextBoolean() ? 15 : 3);
      }
      code.visitInsn(Opcodes.IAND);
    }
  }

  void storeToArray() {
    String array = array();
    field(array);
    index(array);
    if (array.startsWith("slots")) {
      longValue(1);
      code.visitInsn(Opcodes.LASTORE);
    } else {
      intValue(1);
      code.visitInsn(Opcodes.IASTORE);
    }
  }

  void storeToField() {
    object();
    if (random.nextInt(6) == 0) {
      longValue(1);
      access(Opcodes.PUTFIELD, "total J");
    } else {
      intValue(1);
      access(Opcodes.PUTFIELD, anyChanging());
    }
  }

  /// Stores to a field twice, perhaps through two names of one object, and looks at it again.
  void storeTwice() {
    String field = anyChanging();
    boolean other = random.nextBoolean();
    store(field, other, () -> intValue(random.nextInt(2)));
    store(field, !other, () -> intValue(random.nextInt(2)));
    load(field, other);
    code.visitVarInsn(Opcodes.ISTORE, anyInt());
  }

  /// What a constructor knows of a field of its own must not outlive a store by who was let know:
  /// `r.next = this; f = 4; r.next.f = max; if (f != 4) { x = f; }`.
  void leakAndStoreTwice() {
    String field = anyChanging();
    leak();
    store(field, false, () -> constant(4));
    code.visitVarInsn(Opcodes.ALOAD, RandomCode.OTHER_RING);
    access(Opcodes.GETFIELD, NEXT);
    intValue(1);
    access(Opcodes.PUTFIELD, field);
    load(field, false);
    constant(4);
    Label same = new Label();
    code.visitJumpInsn(Opcodes.IF_ICMPEQ, same);
    load(field, false);
    code.visitVarInsn(Opcodes.ISTORE, anyInt());
    code.visitLabel(same);
    code.visitInsn(Opcodes.NOP);
  }

  /// Makes this object known to the other.
  void leak() {
    code.visitVarInsn(Opcodes.ALOAD, RandomCode.OTHER_RING);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    access(Opcodes.PUTFIELD, NEXT);
  }

  /// Makes a name for another object, or a field refer to another object or array.
  void storeReference() {
    switch (random.nextInt(5)) {
      case 0 -> {
        object();
        object();
        access(Opcodes.PUTFIELD, NEXT);
      }
      case 1 -> {
        object();
        field(random.nextBoolean() ? "small [I" : "other [I");
        access(Opcodes.PUTFIELD, "other [I");
      }
      default -> {
        object();
        code.visitVarInsn(Opcodes.ASTORE, RandomCode.OTHER_RING);
      }
    }
  }

  /// Any of the six comparisons, of ints or longs.
  void jumpUnless(Label target) {
    switch (random.nextInt(6)) {
      case 0 -> {
        intValue(1);
        code.visitJumpInsn(Opcodes.IFEQ + random.nextInt(6), target);
      }
      case 2, 3 -> {
        // What is less than a sum that wraps is less than nothing in particular.
        code.visitVarInsn(Opcodes.ILOAD, anyInt());
        code.visitVarInsn(Opcodes.ILOAD, anyInt());
        constant(random.nextInt(15) - 7);
        code.visitInsn(random.nextBoolean() ? Opcodes.IADD : Opcodes.ISUB);
        code.visitJumpInsn(Opcodes.IF_ICMPEQ + random.nextInt(6), target);
      }
      case 1 -> {
        longValue(1);
        longValue(1);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFEQ + random.nextInt(6), target);
      }
      default -> {
        intValue(1);
        intValue(1);
        code.visitJumpInsn(Opcodes.IF_ICMPEQ + random.nextInt(6), target);
      }
    }
  }
}
