// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import java.util.ArrayList;
import java.util.List;

/// The abstract state before each instruction of one method.
///
/// @param owner internal name of the class
/// @param instructions all of them
/// @param steps in code order; instructions that control cannot get to are left out, and all are if
///   nothing is known of the method because the analysis gave it up
public record MethodTrace(
    String owner, String name, String descriptor, int instructions, List<Step> steps) {

  public MethodTrace {
    steps = List.copyOf(steps);
  }

  /// Whether the method was analysed.
  public boolean isKnown() {
    return !steps.isEmpty();
  }

  /// Instructions that no run of the plugin gets to, as far as is known: a place where more is
  /// taken for impossible than the reader expects is a place to look at.
  public List<Gap> outOfReach() {
    List<Gap> gaps = new ArrayList<>();
    int next = 0;
    for (Step step : steps) {
      if (step.index() > next) {
        gaps.add(new Gap(next, step.index() - 1));
      }
      next = step.index() + 1;
    }
    if (isKnown() && next < instructions) {
      gaps.add(new Gap(next, instructions - 1));
    }
    return gaps;
  }

  /// Some instructions in a row, both ends included.
  public record Gap(int first, int last) {
    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + ".." + last;
    }
  }

  /// Whether an instruction can throw: for null, an index, a length, a division, an argument of the
  /// SDK.
  public enum Fault {
    /// It has no way to.
    NONE,
    /// Provably not with the values it can get.
    EXCLUDED,
    /// It may; the JVM checks.
    CHECKED
  }

  /// One instruction.
  ///
  /// @param index counts real instructions, as `javap` lists them
  /// @param where the same with the source line, if the class file has it
  /// @param instruction much as `javap` prints it, in printable ASCII
  /// @param before what is known before it
  public record Step(
      int index, Location where, String instruction, Fault fault, AbstractState before) {}
}
