// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import dev.npa.verifier.Location;
import java.util.Optional;
import java.util.function.Function;

/// What was examined, as the user named it.
///
/// @param artifacts the file that a place is in, as the user would name it
public record Subject(String name, Function<Location, String> artifacts) {

  /// A package or a directory of classes: the source of an instruction where its class file names
  /// it, else the whole.
  public static Subject compiled(String name, SourceRoot sources) {
    return new Subject(
        name,
        place ->
            place instanceof Location.Instruction at && Places.line(at) > 0
                ? sources.path(at)
                : name);
  }

  /// A package whose sources nobody named.
  public static Subject file(String name) {
    return compiled(name, new SourceRoot(Optional.empty()));
  }

  /// A directory whose entries are files.
  public static Subject tree(String name) {
    return new Subject(
        name, place -> place instanceof Location.Entry(String file) ? name + "/" + file : name);
  }
}
