// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import java.util.List;
import java.util.stream.Stream;

/// All rules about classes that could be read, in the order in which they are asked: of several
/// that see one [Cause], the one that says it best comes first.
public final class Rules {
  private static final List<Rule> LINEAR =
      List.of(
          new ClassNameMismatch(),
          new NameCharacters(),
          new ReservedName(),
          new DuplicateMember(),
          new ClassFlags(),
          new Superclass(),
          new Interfaces(),
          new Monitor(),
          new ExceptionHandler(),
          new ForeignClass(),
          new ForeignField(),
          new ForeignMethod(),
          new ForeignType(),
          new InaccessibleMember(),
          new CallKind(),
          new EntryClass(),
          new Nest(),
          new StaticState(),
          new StaticInitializer(),
          new HiddenCallback(),
          new NativeMethod(),
          new MemberFlags(),
          new Throw(),
          new ForbiddenInstruction(),
          new StringText(),
          new ConstantType(),
          new ThisOverwritten(),
          new LocalOutsideFrame(),
          new FinalField(),
          new TypeOperand());

  private static final List<Rule> FLOW =
      List.of(
          new UnreachableCode(),
          new DataPathAllocation(),
          new Recursion(),
          new CallDepth(),
          new StackFrames(),
          new IrreducibleFlow(),
          new LoopDepth(),
          new EntryPointCall());

  private static final List<Rule> SHAPE = Stream.concat(LINEAR.stream(), FLOW.stream()).toList();

  private static final List<Rule> COST = List.of(new Cost());

  private static final List<Rule> METERED =
      List.of(new Cost(), new UnmeteredLoop(), new FuelDiscipline(), new UnmeteredAllocation());

  private Rules() {}

  /// Those that look at each class and instruction by itself.
  public static List<Rule> linear() {
    return LINEAR;
  }

  /// What classes must be like: all that can be told without knowing values.
  public static List<Rule> shape() {
    return SHAPE;
  }

  /// What the vendor's classes must satisfy besides. Asked only of classes of the right shape: they
  /// need the analysis of values, which is what takes time.
  public static List<Rule> cost() {
    return COST;
  }

  /// What rewritten classes must satisfy besides: that, and that they are metered.
  public static List<Rule> metered() {
    return METERED;
  }
}
