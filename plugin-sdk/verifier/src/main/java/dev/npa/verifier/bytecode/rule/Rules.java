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
          new Cost(),
          new EntryPointCall());

  private static final List<Rule> INPUT = Stream.concat(LINEAR.stream(), FLOW.stream()).toList();

  private static final List<Rule> OUTPUT =
      Stream.concat(
              INPUT.stream(),
              Stream.of(new UnmeteredLoop(), new FuelDiscipline(), new UnmeteredAllocation()))
          .toList();

  private Rules() {}

  /// Those that look at each class and instruction by itself.
  public static List<Rule> linear() {
    return LINEAR;
  }

  /// What the vendor's classes must satisfy.
  public static List<Rule> input() {
    return INPUT;
  }

  /// What rewritten classes must satisfy: the same and that they are metered.
  public static List<Rule> output() {
    return OUTPUT;
  }
}
