// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.unsound;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/// One deliberate mistake in the gate: text of its source, and what to put there.
///
/// @param why what the mistake would let pass
/// @param test class that is said to find it, below the bytecode package
/// @param file source below the bytecode package
record UnsoundEdit(
    String name, String why, String test, String file, String text, String replacement) {
  private static final Path LIST = Path.of("src/test/unsound/edits.txt");
  private static final Path SOURCES = Path.of("src/main/java/dev/npa/verifier/bytecode");

  static List<UnsoundEdit> all() throws IOException {
    List<UnsoundEdit> edits = new ArrayList<>();
    for (String part : Files.readString(LIST).split("\n\n= ", -1)) {
      if (!part.startsWith("#")) {
        edits.add(parse("= " + part));
      }
    }
    return edits;
  }

  private static UnsoundEdit parse(String part) {
    return new UnsoundEdit(
        lines(part, "= ").strip(),
        lines(part, ": ").strip(),
        lines(part, "! ").strip(),
        lines(part, "@ ").strip(),
        lines(part, "- "),
        lines(part, "+ "));
  }

  private static String lines(String part, String mark) {
    StringBuilder text = new StringBuilder();
    part.lines()
        .filter(line -> line.startsWith(mark))
        .forEach(line -> text.append(line.substring(mark.length())).append('\n'));
    return text.substring(0, Math.max(0, text.length() - 1));
  }

  /// How often the source holds the text.
  int occurrences() throws IOException {
    return source().split(Pattern.quote(text), -1).length - 1;
  }

  private String source() throws IOException {
    return Files.readString(SOURCES.resolve(file));
  }

  /// Compiles the source with the mistake in it.
  ///
  /// @param classes where to write the class files
  /// @param classPath of the gate as it is
  /// @return what the compiler says against it, nothing if it compiles
  String compile(Path classes, String classPath) throws IOException {
    Path copy = classes.resolve(Path.of(file).getFileName());
    Files.writeString(copy, source().replace(text, replacement));
    StringWriter messages = new StringWriter();
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(messages),
                new PrintWriter(messages),
                "-proc:none",
                "-nowarn",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                copy.toString());
    return code == 0 ? "" : messages.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
