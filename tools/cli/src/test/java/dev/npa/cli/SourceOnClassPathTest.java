// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.testbed.SamplePlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher runs short verbs from the class path, where no JAR is a module.
final class SourceOnClassPathTest {
  @TempDir private Path dir;

  @Test
  void compilesAgainstTheSdkOfTheProductImage() throws Exception {
    Path image = TestImage.in(dir);
    byte[] plugin = SamplePlugin.fromImage(image).unsignedPackage();
    Path file = Files.write(dir.resolve("sample.jar"), plugin);

    ChildJvm npa =
        ChildJvm.onClassPath(List.of("-Dnpa.image=" + image), "source", "verify", file.toString());

    assertThat(npa.output()).startsWith("accepted: ").contains("is that of the package");
    assertThat(npa.exitCode()).isZero();
  }
}
