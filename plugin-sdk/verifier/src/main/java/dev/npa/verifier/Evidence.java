// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.List;

/// What a gate shows beside a refusal, so that its reader need not run the analysis in the head.
///
/// @param callPath a shortest way of control to the place: the calls from an entry point down, and
///   the place itself as the last element; empty if the place is not in a method, or in one that no
///   entry point leads to
/// @param code the instructions around the place; empty if the place is not an instruction
/// @param state what is known just before the instruction, one local variable or stack slot per
///   line, as far as the rule looked at it
/// @param elsewhere further places of the same cause, at most [#PLACES]
/// @param places how many places there are in all, the refusal's own included
public record Evidence(
    List<Location> callPath,
    List<CodeLine> code,
    List<String> state,
    List<Location> elsewhere,
    int places) {

  /// Most further places that a refusal carries; beyond it they are counted only.
  public static final int PLACES = 100;

  public static final Evidence NONE = new Evidence(List.of(), List.of(), List.of(), List.of(), 1);

  public Evidence {
    callPath = List.copyOf(callPath);
    code = List.copyOf(code);
    state = List.copyOf(state);
    elsewhere = List.copyOf(elsewhere);
    if (places < elsewhere.size() + 1) {
      throw new IllegalArgumentException(places + " places, " + elsewhere.size() + " elsewhere");
    }
  }

  /// One instruction in words.
  ///
  /// @param index its position in the method, as in [Location.Instruction]
  /// @param text mnemonic and operands, printable
  public record CodeLine(int index, String text) {
    public CodeLine {
      text = Printable.brief(text);
    }
  }

  /// The same, and where else the cause was met.
  public Evidence at(List<Location> others, int allPlaces) {
    return new Evidence(callPath, code, state, others, allPlaces);
  }

  /// The same, and how control gets to the place.
  public Evidence along(List<Location> calls, List<CodeLine> around) {
    return new Evidence(calls, around, state, elsewhere, places);
  }

  /// The same, and what was known there.
  public Evidence knowing(List<String> known) {
    return new Evidence(callPath, code, known, elsewhere, places);
  }
}
