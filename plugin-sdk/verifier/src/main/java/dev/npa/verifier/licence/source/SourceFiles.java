// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The files of a source tree, by path, `src/main/java/a/b/C.java`.
public final class SourceFiles {

  /// Where the tree lies in a package, file by file: readable with any ZIP tool, and every file
  /// under a digest of its own in the manifest.
  public static final String DIRECTORY = "META-INF/npa/source/";

  private static final String JAVA = ".java";

  private final SortedMap<String, byte[]> files;
  private final Map<String, List<String>> javaByName = new HashMap<>();

  private SourceFiles(SortedMap<String, byte[]> files) {
    this.files = files;
    for (String path : files.keySet()) {
      if (path.endsWith(JAVA)) {
        javaByName.computeIfAbsent(name(path), n -> new ArrayList<>()).add(path);
      }
    }
  }

  public static SourceFiles of(Map<String, byte[]> files) {
    return new SourceFiles(Collections.unmodifiableSortedMap(new TreeMap<>(files)));
  }

  /// Those of a package's entries that lie below [#DIRECTORY].
  public static SourceFiles inPackage(Map<String, byte[]> entries) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    entries.forEach(
        (name, content) -> {
          if (name.startsWith(DIRECTORY)) {
            files.put(name.substring(DIRECTORY.length()), content);
          }
        });
    return of(files);
  }

  /// By path; the arrays are the caller's, and not to be changed.
  public SortedMap<String, byte[]> files() {
    return files;
  }

  public String text(String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }

  /// The file that declares a class: by its name, or one beside it that declares it too.
  ///
  /// @param className internal name, `a/b/C$D`
  public Optional<String> declaring(String className) {
    int slash = className.lastIndexOf('/');
    int nested = className.indexOf('$', slash + 2);
    String topLevel = nested < 0 ? className : className.substring(0, nested);
    String simple = topLevel.substring(slash + 1);
    Optional<String> own =
        javaByName.getOrDefault(simple + JAVA, List.of()).stream()
            .filter(path -> ("/" + path).endsWith("/" + topLevel + JAVA))
            .findFirst();
    if (own.isPresent()) {
      return own;
    }
    String directory = "/" + topLevel.substring(0, slash + 1);
    Pattern declaration =
        Pattern.compile("\\b(class|interface|record|enum)\\s+" + Pattern.quote(simple) + "\\b");
    return javaByName.values().stream()
        .flatMap(List::stream)
        .filter(path -> ("/" + path).endsWith(directory + name(path)))
        .filter(path -> declaration.matcher(text(path)).find())
        .sorted()
        .findFirst();
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
