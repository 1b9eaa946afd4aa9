// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.plugin.NpaPlugin;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Frame;

/// Where the classes of these tests lie, for a JVM that is started by one of them.
final class ClassPath {
  private ClassPath() {}

  static String ofTests() {
    List<Class<?>> one =
        List.of(
            ClassPath.class,
            BytecodeGate.class,
            NpaPlugin.class,
            ClassReader.class,
            ClassNode.class,
            Frame.class);
    // Surefire patches the test classes into the module, so the module's location is the product.
    Stream<String> tests = Stream.of(Path.of("target/test-classes").toAbsolutePath().toString());
    return Stream.concat(tests, one.stream().map(ClassPath::location))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
