// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.Meter;
import dev.npa.verifier.bytecode.world.SdkCalls;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// The instructions of one method with every name looked up: once, and not at each step of an
/// analysis.
final class Code {
  private static final Object NOTHING = new Object();

  private final PluginMethod method;
  private final int[] opcodes;

  /// Local, jump target or number of dimensions, by instruction.
  private final int[] numbers;

  private final Object[] operands;

  private final Map<String, String> names;

  /// A field access.
  ///
  /// @param key the field's name in [Facts]
  /// @param stored whatever it can hold by its type
  record Field(String owner, String key, Type type, Value stored, boolean isFinal) {}

  /// Where a call goes.
  enum Target {
    OWN,
    SDK,
    NUMBER,
    METER_ARRAY,
    OBJECT_CONSTRUCTOR,
    ELSEWHERE
  }

  /// A call.
  ///
  /// @param own the callee, if it is [Target#OWN]
  /// @param sdk the declaration, if it is [Target#SDK]
  /// @param member what a constant answer is called
  /// @param any whatever it can return by its type
  record Call(
      MethodInsnNode insn,
      Target target,
      Optional<PluginMethod> own,
      Optional<SdkCalls.Call> sdk,
      String member,
      int arguments,
      boolean receiver,
      boolean returns,
      Value any) {}

  /// A switch: the keys that lead to each target, smallest to largest.
  record Switch(Map<Integer, Interval> keys, int otherwise) {}

  private Code(PluginMethod method, Map<String, String> names) {
    this.method = method;
    this.names = names;
    int size = method.code().size();
    this.opcodes = new int[size];
    this.numbers = new int[size];
    this.operands = new Object[size];
  }

  /// @param names one string for each name met, so that equal names are the same string
  static Code of(PluginMethod method, Plugin plugin, Map<String, String> names) {
    Code code = new Code(method, names);
    for (int i = 0; i < code.opcodes.length; i++) {
      AbstractInsnNode insn = method.code().get(i);
      code.opcodes[i] = insn.getOpcode();
      code.operands[i] = code.operand(plugin, insn, i);
    }
    return code;
  }

  PluginMethod method() {
    return method;
  }

  int size() {
    return opcodes.length;
  }

  int opcode(int index) {
    return opcodes[index];
  }

  int number(int index) {
    return numbers[index];
  }

  /// What an instruction pushes, or what `iinc` adds.
  Value constant(int index) {
    return (Value) operands[index];
  }

  boolean isConstant(int index) {
    return index >= 0 && operands[index] instanceof Number && opcodes[index] != Opcodes.IINC;
  }

  Field field(int index) {
    return (Field) operands[index];
  }

  Call call(int index) {
    return (Call) operands[index];
  }

  boolean isCall(int index) {
    return operands[index] instanceof Call;
  }

  Switch choice(int index) {
    return (Switch) operands[index];
  }

  private Object operand(Plugin plugin, AbstractInsnNode insn, int index) {
    int opcode = insn.getOpcode();
    if (insn instanceof VarInsnNode use) {
      numbers[index] = use.var;
    } else if (insn instanceof IincInsnNode iinc) {
      numbers[index] = iinc.var;
      return Number.constant(Width.INT, iinc.incr);
    } else if (insn instanceof IntInsnNode push && opcode != Opcodes.NEWARRAY) {
      return Number.constant(Width.INT, push.operand);
    } else if (insn instanceof LdcInsnNode push) {
      return constant(push.cst);
    } else if (insn instanceof FieldInsnNode use) {
      return field(plugin, use);
    } else if (insn instanceof MethodInsnNode call) {
      return call(plugin, call);
    } else if (insn instanceof JumpInsnNode jump) {
      numbers[index] = method.target(jump.label);
    } else if (insn instanceof TableSwitchInsnNode table) {
      return table(table);
    } else if (insn instanceof LookupSwitchInsnNode lookup) {
      return lookup(lookup);
    } else if (insn instanceof MultiANewArrayInsnNode make) {
      numbers[index] = make.dims;
    } else if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
      return Number.constant(Width.INT, opcode - Opcodes.ICONST_0);
    } else if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
      return Number.constant(Width.LONG, opcode - Opcodes.LCONST_0);
    }
    return NOTHING;
  }

  private static Value constant(Object constant) {
    if (constant instanceof Integer number) {
      return Number.constant(Width.INT, number);
    }
    if (constant instanceof Long number) {
      return Number.constant(Width.LONG, number);
    }
    if (constant instanceof Double) {
      return Opaque.TWO_SLOTS;
    }
    return constant instanceof Float ? Opaque.ONE_SLOT : Reference.NOT_NULL;
  }

  private String name(String owner, String name, String descriptor) {
    return names.computeIfAbsent(Facts.key(owner, name, descriptor), key -> key);
  }

  private Field field(Plugin plugin, FieldInsnNode use) {
    Type type = Type.getType(use.desc);
    boolean isFinal =
        plugin
            .find(use.owner)
            .flatMap(owner -> owner.field(use.name, use.desc))
            .filter(field -> (field.access & Opcodes.ACC_FINAL) != 0)
            .isPresent();
    String key = name(use.owner, use.name, use.desc);
    return new Field(use.owner, key, type, Facts.stored(type), isFinal);
  }

  private Call call(Plugin plugin, MethodInsnNode call) {
    Type type = Type.getMethodType(call.desc);
    Optional<PluginMethod> own = plugin.method(call.owner, call.name, call.desc);
    Optional<SdkCalls.Call> sdk = SdkCalls.of(call.owner, call.name, call.desc);
    return new Call(
        call,
        own.isPresent() ? Target.OWN : sdk.isPresent() ? Target.SDK : target(call),
        own,
        sdk,
        name(call.owner, call.name, call.desc),
        type.getArgumentCount(),
        call.getOpcode() != Opcodes.INVOKESTATIC,
        type.getReturnType().getSort() != Type.VOID,
        Facts.any(type.getReturnType()));
  }

  private static Target target(MethodInsnNode call) {
    if (call.name.equals(Meter.ARRAY_METHOD) && call.desc.equals(Meter.ARRAY_DESCRIPTOR)) {
      return Target.METER_ARRAY;
    }
    if (AllowList.isStaticMethod(call.owner, call.name, call.desc)) {
      return Target.NUMBER;
    }
    return AllowList.isObjectConstructor(call.owner, call.name, call.desc)
        ? Target.OBJECT_CONSTRUCTOR
        : Target.ELSEWHERE;
  }

  private Switch table(TableSwitchInsnNode table) {
    Map<Integer, Interval> keys = new TreeMap<>();
    for (int i = 0; i < table.labels.size(); i++) {
      add(keys, table.labels.get(i), (long) table.min + i);
    }
    return new Switch(keys, method.target(table.dflt));
  }

  private Switch lookup(LookupSwitchInsnNode lookup) {
    Map<Integer, Interval> keys = new TreeMap<>();
    for (int i = 0; i < lookup.keys.size(); i++) {
      add(keys, lookup.labels.get(i), lookup.keys.get(i));
    }
    return new Switch(keys, method.target(lookup.dflt));
  }

  private void add(Map<Integer, Interval> keys, LabelNode label, long key) {
    keys.merge(method.target(label), Interval.constant(key), Interval::join);
  }
}
