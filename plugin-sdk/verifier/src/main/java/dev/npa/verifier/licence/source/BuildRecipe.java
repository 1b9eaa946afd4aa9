// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.source;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How a plugin's classes came from its sources, recorded so that anyone can repeat it without
/// running a script of the vendor: `npa-build.properties` at the root of the source tree.
///
/// ```
/// # SPDX-License-Identifier: GPL-2.0-or-later
/// format = 1
/// compiler = javac 25.0.3
/// release = 25
/// options = -g -XDstringConcat=inline
/// sources = src/main/java
/// ```
///
/// @param compiler which compiler made the classes, for whoever gets others
/// @param release `--release` of javac
/// @param options of javac, from a short list: nothing that runs code or reads other files
/// @param sources directory of the Java sources, within the tree
public record BuildRecipe(String compiler, int release, List<String> options, String sources) {

  public static final String FILE = "npa-build.properties";

  private static final Set<String> OPTIONS =
      Set.of(
          "-g",
          "-g:none",
          "-g:source,lines",
          "-g:source,lines,vars",
          "-parameters",
          "-proc:none",
          "-XDstringConcat=inline");

  private static final List<String> KEYS =
      List.of("format", "compiler", "release", "options", "sources");

  public BuildRecipe {
    options = List.copyOf(options);
  }

  /// The settings that the SDK documents, by the compiler that runs.
  public static BuildRecipe standard() {
    return new BuildRecipe(
        "javac "
            + Runtime.version().version().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(".")),
        Runtime.version().feature(),
        List.of("-g", "-XDstringConcat=inline", "-proc:none"),
        "src/main/java");
  }

  /// Reads what {@link #text} writes, and nothing else.
  public static Verdict<BuildRecipe> read(byte[] content, String place) {
    Location where = new Location.Entry(place);
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] pair = line.split(" = ", 2);
      if (pair.length != 2 || !KEYS.contains(pair[0]) || values.put(pair[0], pair[1]) != null) {
        return bad(where, "not a setting, or one repeated: " + line);
      }
    }
    Optional<String> missing = KEYS.stream().filter(k -> !values.containsKey(k)).findFirst();
    if (missing.isPresent()) {
      return bad(where, missing.get() + " is missing");
    }
    List<String> options = List.of(values.get("options").split(" ", -1));
    Optional<String> unknown = options.stream().filter(o -> !OPTIONS.contains(o)).findFirst();
    if (unknown.isPresent()) {
      return bad(
          where, "option " + unknown.get() + " is none of " + OPTIONS.stream().sorted().toList());
    }
    if (!values.get("format").equals("1")
        || !values.get("release").matches("1[7-9]|2[0-9]")
        || !values.get("compiler").matches("[A-Za-z0-9 .+-]{1,60}")
        || !values.get("sources").matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){0,8}")) {
      return bad(where, "a value that is not of its form");
    }
    return Verdict.accepted(
        new BuildRecipe(
            values.get("compiler"),
            Integer.parseInt(values.get("release")),
            options,
            values.get("sources")));
  }

  /// The file's content.
  ///
  /// @param licence SPDX expression for its first line
  public String text(String licence) {
    return "# SPDX-License-Identifier: "
        + licence
        + "\n# How the classes were made; npa source verify repeats it.\nformat = 1\ncompiler = "
        + compiler
        + "\nrelease = "
        + release
        + "\noptions = "
        + String.join(" ", options)
        + "\nsources = "
        + sources
        + "\n";
  }

  private static Verdict<BuildRecipe> bad(Location where, String detail) {
    return Verdict.refused(
        new Refusal(
            RuleId.L017_SOURCE_INCOMPLETE,
            where,
            Printable.text(detail),
            "let npa source pack write it"));
  }
}
