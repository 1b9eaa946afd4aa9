// SPDX-License-Identifier: MIT

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Replaces the dynamic calls of one class that the JVM's ahead-of-time cache cannot hold: those
/// that choose a `case` by type, and a record's `equals` and `hashCode`. In the JDK 25 the cache
/// holds call sites of lambdas and of string concatenation only; the others would make the JVM
/// write and load a hidden class each, on each start, forty of them in one verification.
///
/// The methods that are called instead do what {@link
/// java.lang.runtime.SwitchBootstraps#typeSwitch} and {@link
/// java.lang.runtime.ObjectMethods#bootstrap} specify.
final class StaticCalls implements ClassTransform {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final int PRIVATE_STATIC_SYNTHETIC =
      AccessFlag.PRIVATE.mask() | AccessFlag.STATIC.mask() | AccessFlag.SYNTHETIC.mask();

  private final ClassDesc owner;
  private final boolean inInterface;
  private final List<Consumer<ClassBuilder>> methods = new ArrayList<>();

  private StaticCalls(ClassModel model) {
    owner = model.thisClass().asSymbol();
    inInterface = model.flags().has(AccessFlag.INTERFACE);
  }

  /// The class with static calls, or the same bytes if there is nothing to replace.
  static byte[] in(byte[] bytes, ClassFile format) {
    ClassModel model = format.parse(bytes);
    StaticCalls calls = new StaticCalls(model);
    byte[] changed = format.transformClass(model, calls);
    return calls.methods.isEmpty() ? bytes : changed;
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method) {
      builder.transformMethod(method, MethodTransform.transformingCode(this::replace));
    } else {
      builder.with(element);
    }
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    methods.forEach(method -> method.accept(builder));
  }

  private void replace(CodeBuilder code, CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call)) {
      code.with(element);
      return;
    }
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    String which = bootstrap.owner().displayName() + "." + bootstrap.methodName();
    List<ConstantDesc> labels = call.bootstrapArgs();
    if (which.equals("SwitchBootstraps.typeSwitch")
        && labels.stream().allMatch(label -> label instanceof ClassDesc)) {
      call(code, call, body -> typeSwitch(body, labels));
    } else if (which.equals("ObjectMethods.bootstrap") && call.name().equalsString("equals")) {
      call(code, call, body -> equals(body, getters(labels)));
    } else if (which.equals("ObjectMethods.bootstrap") && call.name().equalsString("hashCode")) {
      call(code, call, body -> hashCode(body, getters(labels)));
    } else {
      code.with(element);
    }
  }

  private void call(CodeBuilder code, InvokeDynamicInstruction call, Consumer<CodeBuilder> body) {
    String name = "npa$" + call.name().stringValue() + methods.size();
    MethodTypeDesc type = call.typeSymbol();
    methods.add(builder -> builder.withMethodBody(name, type, PRIVATE_STATIC_SYNTHETIC, body));
    code.invokestatic(owner, name, type, inInterface);
  }

  /// `static int(T target, int restart)`: the first label from `restart` on that the target is of.
  private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  /// The record, the names of its components, then a getter for each.
  private static List<DirectMethodHandleDesc> getters(List<ConstantDesc> arguments) {
    return arguments.subList(2, arguments.size()).stream()
        .map(DirectMethodHandleDesc.class::cast)
        .toList();
  }

  /// `static boolean(R record, Object other)`.
  private void equals(CodeBuilder code, List<DirectMethodHandleDesc> getters) {
    Label differ = code.newLabel();
    Label alike = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(alike);
    code.aload(1).instanceOf(owner).ifeq(differ);
    code.aload(1).checkcast(owner).astore(2);
    for (DirectMethodHandleDesc getter : getters) {
      ClassDesc type = get(code, 0, getter);
      get(code, 2, getter);
      switch (TypeKind.from(type)) {
        case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.if_icmpne(differ);
        case LONG -> code.lcmp().ifne(differ);
        case FLOAT, DOUBLE ->
            code.invokestatic(
                    boxed(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                .ifne(differ);
        case REFERENCE ->
            code.invokestatic(
                    OBJECTS,
                    "equals",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                .ifeq(differ);
        case VOID -> throw new IllegalArgumentException("a component of type void");
      }
    }
    code.labelBinding(alike).iconst_1().ireturn();
    code.labelBinding(differ).iconst_0().ireturn();
  }

  /// `static int(R record)`.
  private void hashCode(CodeBuilder code, List<DirectMethodHandleDesc> getters) {
    code.iconst_0();
    for (DirectMethodHandleDesc getter : getters) {
      code.loadConstant(31).imul();
      ClassDesc type = get(code, 0, getter);
      boolean primitive = type.isPrimitive();
      ClassDesc argument = primitive ? type : ConstantDescs.CD_Object;
      code.invokestatic(
          primitive ? boxed(type) : OBJECTS,
          "hashCode",
          MethodTypeDesc.of(ConstantDescs.CD_int, argument));
      code.iadd();
    }
    code.ireturn();
  }

  private ClassDesc get(CodeBuilder code, int record, DirectMethodHandleDesc getter) {
    ClassDesc type = getter.invocationType().returnType();
    code.aload(record).getfield(owner, getter.methodName(), type);
    return type;
  }

  private static ClassDesc boxed(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException("not boxed: " + primitive);
    };
  }
}
