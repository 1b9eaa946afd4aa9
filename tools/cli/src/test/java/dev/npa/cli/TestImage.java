// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A product image with the sample plugins and the SDK in it, made from the classes of their
/// modules.
///
/// The image that the launcher uses is assembled after the tests; and their JARs are not there yet
/// in a build that ends with them (`mvn test`).
public final class TestImage {
  private static final String PROPERTY = "npa.image";

  private TestImage() {}

  public static Path in(Path directory) throws IOException {
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    for (String plugin : List.of("kawela", "hostile")) {
      pack(
          new ProductModule("sample-plugins/" + plugin).classes(),
          plugins.resolve("npa-" + plugin + ".jar"));
    }
    pack(
        new ProductModule("plugin-sdk/api").classes(),
        Files.createDirectories(directory.resolve("modules")).resolve("npa-plugin-api-0.jar"));
    return directory;
  }

  private static void pack(Path classes, Path archive) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream jar = new ZipOutputStream(file)) {
      for (Path member : files) {
        jar.putNextEntry(new ZipEntry(classes.relativize(member).toString().replace('\\', '/')));
        Files.copy(member, jar);
      }
    }
  }

  /// Has verbs find the image, as the launcher's option does.
  public static void use(Path image) {
    System.setProperty(PROPERTY, image.toString());
  }

  public static void useNone() {
    System.clearProperty(PROPERTY);
  }
}
