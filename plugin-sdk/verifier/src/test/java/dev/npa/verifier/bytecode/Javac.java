// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.plugin.NpaPlugin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Compiles vendor sources against the SDK with the settings that the SDK documents.
final class Javac {
  private static final Pattern CLASS = Pattern.compile("(?:class|interface|enum|record) (\\w+)");

  private Javac() {}

  static SortedMap<String, byte[]> compile(String... sources) {
    return compile(List.of("--release", "25"), sources);
  }

  static SortedMap<String, byte[]> compile(List<String> options, String... sources) {
    return CompiledBefore.orElse(options, List.of(sources), () -> compileAnew(options, sources));
  }

  private static SortedMap<String, byte[]> compileAnew(List<String> options, String... sources) {
    try {
      Path dir = Files.createTempDirectory("plugin");
      try {
        return compile(dir, options, sources);
      } finally {
        delete(dir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, byte[]> compile(
      Path dir, List<String> options, String... sources) throws IOException {
    Path out = Files.createDirectory(dir.resolve("out"));
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(
        List.of("-g", "-proc:none", "-XDstringConcat=inline", "-d", out.toString(), "-cp", sdk()));
    for (String source : sources) {
      Matcher name = CLASS.matcher(source);
      if (!name.find()) {
        throw new IllegalArgumentException("no class in " + source);
      }
      Path file = dir.resolve(name.group(1) + ".java");
      arguments.add(Files.writeString(file, source).toString());
    }
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(writer, writer, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalArgumentException("a fixture does not compile: " + messages);
    }
    return read(out);
  }

  private static SortedMap<String, byte[]> read(Path out) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = out.relativize(file).toString().replace('\\', '/').replace(".class", "");
        classes.put(name, Files.readAllBytes(file));
      }
    }
    return classes;
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String sdk() {
    try {
      return Path.of(NpaPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
