// SPDX-License-Identifier: MIT
package dev.npa.cli.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher does to the product's JARs so that they fit into the start cache changes
/// nothing of what they do.
final class LibrariesTest {
  @TempDir private Path dir;
  private Path jar;

  /// Surefire starts the tests in tools/cli.
  @BeforeEach
  void convert() throws Exception {
    Path from = Files.createDirectory(dir.resolve("from"));
    pack(from.resolve("dynamic.jar"));
    Path program = Path.of("src", "launcher", "Libraries.java");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                from.toString(),
                dir.resolve("to").toString())
            .redirectErrorStream(true)
            .start();
    java.getOutputStream().close();
    String said = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
    jar = dir.resolve("to").resolve("dynamic.jar");
  }

  @Test
  @SuppressWarnings("unchecked")
  void theSameComesOfIt() throws Exception {
    // No parent: the loaders of the JDK know the modules of these tests.
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Class<?> converted = loader.loadClass(DynamicCalls.class.getName());
      assertThat(converted).isNotSameAs(DynamicCalls.class);
      List<String> outcomes = (List<String>) converted.getMethod("outcomes").invoke(null);
      assertThat(outcomes).hasSizeGreaterThan(30).isEqualTo(DynamicCalls.outcomes());
    } catch (InvocationTargetException e) {
      throw new AssertionError("the converted classes fail", e.getCause());
    }
  }

  @Test
  void whatTheStartCacheCannotHoldIsGone() throws IOException {
    List<String> left = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = zip.getInputStream(entry)) {
            collect(ClassFile.of().parse(in.readAllBytes()), left);
          }
        }
      }
    }
    // What the JDK 25 does not archive either, but nothing on the way of a verb needs.
    assertThat(left).isNotEmpty().allMatch(call -> call.endsWith("toString") || isConstant(call));
  }

  private static boolean isConstant(String call) {
    return call.startsWith("switch with a constant");
  }

  private static void collect(ClassModel model, List<String> left) {
    model.methods().stream()
        .flatMap(method -> method.code().stream().flatMap(CodeModel::elementStream))
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(InvokeDynamicInstruction.class::cast)
        .forEach(call -> left.addAll(describe(call)));
  }

  private static List<String> describe(InvokeDynamicInstruction call) {
    boolean constant = !call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
    return switch (call.bootstrapMethod().owner().displayName()) {
      case "SwitchBootstraps" -> List.of(constant ? "switch with a constant" : "switch");
      case "ObjectMethods" -> List.of("record " + call.name().stringValue());
      default -> List.of(); // lambdas and string concatenation, which it holds
    };
  }

  private static void pack(Path archive) throws IOException {
    Path classes = Path.of("target", "test-classes");
    Path own = classes.resolve(DynamicCalls.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(own);
        OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Path member : files.filter(LibrariesTest::isFixture).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(member).toString()));
        Files.copy(member, zip);
      }
    }
  }

  private static boolean isFixture(Path file) {
    return file.getFileName().toString().startsWith(DynamicCalls.class.getSimpleName());
  }
}
