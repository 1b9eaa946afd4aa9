// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import java.util.List;
import java.util.Optional;

/// One component of a bill of materials: what it is, under which licence, and which classes of the
/// package it covers.
///
/// @param place path within the bill, `components[3]`
/// @param licence the SPDX expression as written
/// @param packages Java packages, `a.b`, each with all below it
/// @param classes binary names of classes, `a.b.C`, each with its nested classes
/// @param copyright the notice its licence may ask to keep
public record Component(
    String place,
    String name,
    String version,
    String licence,
    SpdxExpression expression,
    List<String> packages,
    List<String> classes,
    Optional<String> copyright) {

  public Component {
    packages = List.copyOf(packages);
    classes = List.copyOf(classes);
  }

  /// A part to put into a package.
  ///
  /// @param covers Java packages, each with all below it
  /// @throws IllegalArgumentException if the licence is no expression that the gate can read
  public static Component part(String name, String version, String licence, String... covers) {
    SpdxExpression expression =
        SpdxParser.known(licence)
            .orElseThrow(() -> new IllegalArgumentException("not a licence: " + licence));
    return new Component(
        "", name, version, licence, expression, List.of(covers), List.of(), Optional.empty());
  }

  /// The same with somebody's copyright line.
  public Component withCopyright(String notice) {
    return new Component(
        place, name, version, licence, expression, packages, classes, Optional.of(notice));
  }

  /// For a message: `jackson-core 2.20.1`.
  public String title() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
