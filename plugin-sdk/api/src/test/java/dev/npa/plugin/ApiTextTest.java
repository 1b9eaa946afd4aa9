// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `api.txt` is what vendors compiled against: a change of it is seen in review.
final class ApiTextTest {
  private static final Path COMMITTED = Path.of("api.txt");
  private static final Path ACTUAL = Path.of("target", "api.txt");

  @Test
  void listsEveryPublicSignatureOfTheContract() throws Exception {
    String actual = ApiText.of(publicTypes());
    Files.writeString(ACTUAL, actual);

    assertThat(actual)
        .as("if the change is meant: cp plugin-sdk/api/target/api.txt plugin-sdk/api/api.txt")
        .isEqualTo(Files.readString(COMMITTED));
  }

  @Test
  void seesTheTypesItIsAbout() throws Exception {
    assertThat(publicTypes()).contains(NpaPlugin.class, ShellApi.class, PluginState.class);
  }

  private static List<Class<?>> publicTypes()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes = Path.of(NpaPlugin.class.getResource("NpaPlugin.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(classes)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .sorted()
              .toList();
      return names.stream().<Class<?>>map(ApiTextTest::load).filter(ApiText::isPublic).toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(NpaPlugin.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
