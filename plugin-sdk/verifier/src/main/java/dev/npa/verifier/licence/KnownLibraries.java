// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells from a class name that the class is somebody else's, also after a shading tool has put it
/// below another package.
///
/// It knows names, so a library whose classes were all renamed passes; its source would still have
/// to come along, with the header that says whose it is.
final class KnownLibraries {

  /// @param licence SPDX expression, empty where it is not one that this project knows
  record Library(String name, Optional<SpdxExpression> licence) {}

  private static final Set<String> SHADED =
      Set.of(
          "shaded",
          "shadow",
          "shade",
          "relocated",
          "repackaged",
          "repack",
          "jarjar",
          "thirdparty",
          "third_party",
          "vendored",
          "bundled");

  private static final class Shipped {
    static final KnownLibraries LIBRARIES = read();
  }

  private final Map<String, Library> packages;
  private final Map<String, Library> classes;

  private KnownLibraries(Map<String, Library> packages, Map<String, Library> classes) {
    this.packages = packages;
    this.classes = classes;
  }

  static KnownLibraries shipped() {
    return Shipped.LIBRARIES;
  }

  private static KnownLibraries read() {
    Map<String, Library> packages = new HashMap<>();
    Map<String, Library> classes = new HashMap<>();
    for (List<String> row : TableResource.rows("libraries.tsv", 4)) {
      Library library = new Library(row.get(2), SpdxParser.known(row.get(3)));
      (row.get(0).equals("package") ? packages : classes).put(row.get(1), library);
    }
    return new KnownLibraries(Map.copyOf(packages), Map.copyOf(classes));
  }

  /// @param className internal name, `a/b/C$D`
  Optional<Library> find(String className) {
    return byPackage(className, 1).or(() -> bySimpleName(className));
  }

  /// As [#find], by a package of two words or more: nobody else's class has that in its name.
  ///
  /// @param className internal name, `a/b/C$D`
  Optional<Library> findByQualifiedPackage(String className) {
    return byPackage(className, 2);
  }

  private Optional<Library> byPackage(String className, int leastWords) {
    String[] segments = className.split("/", -1);
    for (int from = 0; from < segments.length - 1; from++) {
      StringBuilder path = new StringBuilder();
      for (int to = from; to < segments.length - 1; to++) {
        path.append(to == from ? "" : "/").append(segments[to]);
        Library library = packages.get(path.toString());
        if (library != null && to - from + 1 >= leastWords) {
          return Optional.of(library);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Library> bySimpleName(String className) {
    String simple = className.substring(className.lastIndexOf('/') + 1);
    int nested = simple.indexOf('$');
    return Optional.ofNullable(classes.get(nested > 0 ? simple.substring(0, nested) : simple));
  }

  /// The part of a package name by which a shading tool marks what is not one's own.
  static Optional<String> shadingMark(String className) {
    String[] segments = className.split("/", -1);
    for (int i = 0; i < segments.length - 1; i++) {
      if (SHADED.contains(segments[i])) {
        return Optional.of(segments[i]);
      }
    }
    return Optional.empty();
  }
}
