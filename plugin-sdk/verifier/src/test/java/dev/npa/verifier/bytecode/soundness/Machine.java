// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.Meter;
import dev.npa.verifier.bytecode.world.SdkCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Runs written bytes instruction by instruction, and shows every step to a [Watch].
///
/// The shell is played by a random one that keeps its declarations and nothing more: any number in
/// the declared range, faults at whim where a call may fault, the same answer where it is declared
/// stable.
final class Machine {
  /// Ends a call as the JVM would.
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String what) {
      super(what, null, false, false);
    }
  }

  /// The run is long enough.
  static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("enough", null, false, false);
    }
  }

  /// An object of the plugin, or of the shell if its class is none of the plugin's.
  static final class Thing {
    final String type;
    final Map<String, Object> members = new HashMap<>();

    Thing(String type) {
      this.type = type;
    }
  }

  /// Sees each instruction before it runs, and the way control takes.
  interface Watch {
    void entered(Frame frame);

    void before(Frame frame, int instruction);

    void faulted(Frame frame, int instruction, Fault fault);

    void left(Frame frame);
  }

  private static final int OWN_COST = 1;

  private final Plugin plugin;
  private final Random random;
  private final Watch watch;
  private int fuel;
  private long heapBytes;
  private long executed;
  private long allowed;

  Machine(Plugin plugin, Random random, Watch watch) {
    this.plugin = plugin;
    this.random = random;
    this.watch = watch;
  }

  /// Bytecodes executed since [#call], calls of the shell by their declared cost.
  long executed() {
    return executed;
  }

  long heapBytes() {
    return heapBytes;
  }

  /// Calls a method.
  ///
  /// @param steps after this many the run is cut off with [Enough]
  Optional<Object> call(PluginMethod method, List<Object> arguments, long steps) {
    executed = 0;
    allowed = steps;
    return invoke(method, arguments);
  }

  static Thing shellObject(String type) {
    return new Thing(type);
  }

  private Optional<Object> invoke(PluginMethod method, List<Object> arguments) {
    Frame frame = new Frame(method, arguments);
    watch.entered(frame);
    int at = 0;
    while (true) {
      executed += OWN_COST;
      if (executed > allowed) {
        throw new Enough();
      }
      watch.before(frame, at);
      AbstractInsnNode insn = method.code().get(at);
      int opcode = insn.getOpcode();
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        watch.left(frame);
        return opcode == Opcodes.RETURN ? Optional.empty() : Optional.ofNullable(result(frame));
      }
      try {
        at = execute(frame, insn, at);
      } catch (Fault fault) {
        // One that comes from a callee has been seen there.
        if (!(insn instanceof MethodInsnNode call && callee(call).isPresent() && !frame.nullCall)) {
          watch.faulted(frame, at, fault);
        }
        throw fault;
      }
    }
  }

  private static Object result(Frame frame) {
    Object value = frame.pop();
    return switch (Type.getReturnType(frame.method().descriptor()).getSort()) {
      case Type.BOOLEAN -> (Integer) value & 1;
      case Type.BYTE -> (int) (byte) (int) (Integer) value;
      case Type.CHAR -> (int) (char) (int) (Integer) value;
      case Type.SHORT -> (int) (short) (int) (Integer) value;
      default -> value;
    };
  }

  private Optional<PluginMethod> callee(MethodInsnNode call) {
    return plugin.method(call.owner, call.name, call.desc);
  }

  private int execute(Frame frame, AbstractInsnNode insn, int at) {
    return switch (insn) {
      case MethodInsnNode call -> {
        invoke(frame, call);
        yield at + 1;
      }
      case FieldInsnNode field -> {
        access(frame, field);
        yield at + 1;
      }
      default -> {
        heapBytes += Allocation.bytes(plugin, frame, insn);
        yield Instruction.execute(frame, insn, at);
      }
    };
  }

  private void access(Frame frame, FieldInsnNode field) {
    String key = field.owner + '.' + field.name + ':' + field.desc;
    Type type = Type.getType(field.desc);
    switch (field.getOpcode()) {
      case Opcodes.GETSTATIC -> frame.push(isFuel(field) ? (Object) fuel : anything(type));
      case Opcodes.PUTSTATIC -> fuel = frame.popInt();
      case Opcodes.GETFIELD -> frame.push(thing(frame.pop()).members.get(key));
      default -> {
        Object value = frame.pop();
        thing(frame.pop()).members.put(key, stored(value, type));
      }
    }
  }

  private static boolean isFuel(FieldInsnNode field) {
    return field.owner.endsWith(Meter.SUFFIX) && field.name.equals(Meter.FUEL_FIELD);
  }

  private static Thing thing(Object reference) {
    if (reference == null) {
      throw new Fault("null");
    }
    return (Thing) reference;
  }

  private static Object stored(Object value, Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> (Integer) value & 1;
      case Type.BYTE -> (int) (byte) (int) (Integer) value;
      case Type.CHAR -> (int) (char) (int) (Integer) value;
      case Type.SHORT -> (int) (short) (int) (Integer) value;
      default -> value;
    };
  }

  private void invoke(Frame frame, MethodInsnNode call) {
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < Type.getArgumentCount(call.desc); i++) {
      arguments.addFirst(frame.pop());
    }
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      Object receiver = frame.pop();
      frame.nullCall = receiver == null;
      thing(receiver);
      arguments.addFirst(receiver);
    }
    Optional<PluginMethod> own = callee(call);
    Type returned = Type.getReturnType(call.desc);
    if (own.isPresent()) {
      frame.nullCall = false;
      Optional<Object> result = invoke(own.get(), arguments);
      if (returned.getSort() != Type.VOID) {
        frame.push(result.orElse(null));
      }
    } else if (call.owner.endsWith(Meter.SUFFIX)) {
      meter(frame, call, arguments);
    } else if (call.owner.equals(Meter.EXHAUSTED)) {
      throw new Fault("fuel");
    } else if (call.name.equals("<init>")) {
      // Object's does nothing.
    } else if (call.owner.startsWith("java/lang/")) {
      frame.push(NumberCall.of(call, arguments));
    } else {
      shell(frame, call, arguments, returned);
    }
  }

  private void meter(Frame frame, MethodInsnNode call, List<Object> arguments) {
    if (call.name.equals(Meter.ARRAY_METHOD)) {
      int length = (Integer) arguments.getFirst();
      if (length < 0 || length > Meter.ARRAY_ELEMENTS) {
        throw new Fault("fuel");
      }
      frame.push(length);
    }
    if (heapBytes > Meter.HEAP_BYTES) {
      throw new Fault("fuel");
    }
  }

  private void shell(Frame frame, MethodInsnNode call, List<Object> arguments, Type returned) {
    SdkCalls.Call declared = SdkCalls.of(call.owner, call.name, call.desc).orElseThrow();
    executed += declared.cost() - OWN_COST; // the call itself has been counted
    if (!declared.total() && random.nextInt(200) == 0) {
      throw new Fault("the shell");
    }
    if (returned.getSort() == Type.VOID) {
      return;
    }
    Thing receiver = (Thing) arguments.getFirst();
    String key = call.owner + '.' + call.name + ':' + call.desc;
    Object result =
        declared.stable() && receiver.members.containsKey(key)
            ? receiver.members.get(key)
            : answer(returned, declared);
    receiver.members.put(key, result);
    frame.push(result);
  }

  private Object answer(Type type, SdkCalls.Call declared) {
    return switch (type.getSort()) {
      case Type.OBJECT -> shellObject(type.getInternalName());
      case Type.LONG -> Numbers.within(random, declared.min(), declared.max());
      default ->
          (int)
              Numbers.within(
                  random,
                  /* min= */ Math.max(declared.min(), Integer.MIN_VALUE),
                  /* max= */ Math.min(declared.max(), Integer.MAX_VALUE));
    };
  }

  private Object anything(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> random.nextLong();
      case Type.FLOAT -> random.nextFloat();
      case Type.DOUBLE -> random.nextDouble();
      default -> random.nextInt();
    };
  }

  /// A new object with its fields as the JVM makes them.
  static Thing create(Plugin plugin, String type) {
    Thing thing = new Thing(type);
    for (FieldNode field : plugin.find(type).orElseThrow().node().fields) {
      if ((field.access & Opcodes.ACC_STATIC) == 0) {
        thing.members.put(
            type + '.' + field.name + ':' + field.desc, zero(Type.getType(field.desc)));
      }
    }
    return thing;
  }

  private static Object zero(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> 0L;
      case Type.FLOAT -> 0f;
      case Type.DOUBLE -> 0d;
      case Type.ARRAY, Type.OBJECT -> null;
      default -> 0;
    };
  }
}
