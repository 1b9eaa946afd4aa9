// SPDX-License-Identifier: MIT

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs google-java-format over every Java file of a source tree; the build starts it from source.
///
/// `check` names the files that are not formatted and fails; `apply` formats them in place.
final class Format {
  private static final Set<String> NOT_SOURCE = Set.of("target", ".git", ".npa");

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    List<String> arguments = new ArrayList<>();
    if (apply) {
      arguments.add("--replace");
    } else {
      arguments.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    arguments.addAll(javaFiles(Path.of(args[1])));

    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(System.err, true);
    int exit =
        new Main(new PrintWriter(out, true), err, System.in)
            .format(arguments.toArray(String[]::new));
    err.flush();
    if (exit != 0 && !apply) {
      out.toString().lines().forEach(file -> System.err.println("not formatted: " + file));
      System.err.println(
          "google-java-format found fault; to apply it: mvn -N verify -Dnpa.format=apply");
    }
    System.exit(exit);
  }

  private static List<String> javaFiles(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return NOT_SOURCE.contains(dir.getFileName().toString()) ? SKIP_SUBTREE : CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file.toString());
            }
            return CONTINUE;
          }
        });
    return files;
  }
}
