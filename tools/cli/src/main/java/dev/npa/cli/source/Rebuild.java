// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.verifier.licence.source.BuildRecipe;
import dev.npa.verifier.licence.source.SourceFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Compiles a source tree by its recorded settings, in a child process with bounds on memory and
/// time, in a directory of its own. Runs nothing of the vendor's: no script, no annotation
/// processor; the compiler's options come from {@link BuildRecipe}'s short list.
final class Rebuild {

  private static final String HEAP = "-J-Xmx384m";
  private static final String IN_ENGLISH = "-J-Duser.language=en";
  private static final String SOURCES = "npa-sources";
  private static final int TIMEOUT_SECONDS = 120;
  private static final int MAX_MESSAGE_BYTES = 16 << 10;

  /// What the compiler made of it.
  ///
  /// @param classes internal name to class file; empty if it failed
  /// @param messages of the compiler, if it failed
  record Result(SortedMap<String, byte[]> classes, String messages) {

    /// Its first error, in a file below the tree's root.
    String firstError() {
      return messages
          .lines()
          .filter(line -> line.contains("error:"))
          .findFirst()
          .map(line -> line.replaceFirst("^.*/" + SOURCES + "/", ""))
          .orElseGet(() -> "the compiler said: " + messages.strip());
    }
  }

  private final BuildRecipe recipe;
  private final SourceFiles sources;
  private final List<Path> classPath;

  /// @param classPath the SDK that the plugin was compiled against
  Rebuild(BuildRecipe recipe, SourceFiles sources, List<Path> classPath) {
    this.recipe = recipe;
    this.sources = sources;
    this.classPath = List.copyOf(classPath);
  }

  /// @throws IOException if there is no compiler, it does not end in time, or the disk fails
  Result run() throws IOException {
    Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
    if (!Files.isExecutable(javac)) {
      throw new IOException("no compiler at " + javac + "; run npa on a JDK");
    }
    Path work = Files.createTempDirectory("npa-source-");
    try {
      return compile(javac, work);
    } finally {
      delete(work);
    }
  }

  private Result compile(Path javac, Path work) throws IOException {
    Path output = Files.createDirectory(work.resolve("classes"));
    List<String> arguments = new ArrayList<>(recipe.options());
    arguments.addAll(
        List.of(
            "--release", Integer.toString(recipe.release()), "-proc:none", "-encoding", "UTF-8"));
    arguments.addAll(List.of("-implicit:none", "-sourcepath", "", "-d", "classes", "-cp", path()));
    arguments.addAll(write(work.resolve(SOURCES)));
    // Every argument in quotation marks, as javac's argument files want it.
    List<String> lines =
        arguments.stream()
            .map(a -> '"' + a.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .toList();
    Files.write(work.resolve("arguments"), lines);
    Path messages = work.resolve("messages");
    int exit = await(start(javac, work, messages));
    return exit == 0 ? new Result(read(output), "") : new Result(new TreeMap<>(), head(messages));
  }

  /// Its output goes to a file: nobody waits for the end of a stream that may never end.
  private static Process start(Path javac, Path work, Path messages) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(javac.toString(), HEAP, IN_ENGLISH, "@arguments");
    builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.contains("JDK"));
    return builder
        .directory(work.toFile())
        .redirectErrorStream(true)
        .redirectOutput(messages.toFile())
        .start();
  }

  private static String head(Path messages) throws IOException {
    try (InputStream in = Files.newInputStream(messages)) {
      return new String(in.readNBytes(MAX_MESSAGE_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static int await(Process process) throws IOException {
    try {
      if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new IOException("the compiler took more than " + TIMEOUT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the compiler ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private String path() {
    return String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList());
  }

  /// Only what lies in the recorded directory is compiled.
  private List<String> write(Path directory) throws IOException {
    List<String> written = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : sources.files().entrySet()) {
      String name = file.getKey();
      if (!name.startsWith(recipe.sources() + "/") || !name.endsWith(".java")) {
        continue;
      }
      Path target = directory.resolve(name).normalize();
      if (!target.startsWith(directory)) {
        throw new IOException("a path out of the tree: " + name);
      }
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
      written.add(target.toString());
    }
    return written;
  }

  private static SortedMap<String, byte[]> read(Path output) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(output)) {
      files = tree.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = output.relativize(file).toString().replace('\\', '/');
      classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
    }
    return classes;
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
