// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import java.util.List;

/// The abstract state before each instruction of one method.
///
/// @param owner internal name of the class
/// @param steps in code order; instructions that control cannot get to are left out, and all are if
///   nothing is known of the method
public record MethodTrace(String owner, String name, String descriptor, List<Step> steps) {

  public MethodTrace {
    steps = List.copyOf(steps);
  }

  /// One instruction.
  ///
  /// @param index counts real instructions, as `javap` lists them
  /// @param where the same with the source line, if the class file has it
  /// @param instruction much as `javap` prints it
  /// @param before what is known before it
  public record Step(int index, Location where, String instruction, AbstractState before) {}
}
