// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.files.InputFile;
import dev.npa.verifier.PackageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/// The classes below a directory of compiler output, by the name of their entry, and the texts
/// below its `META-INF/npa/`, where a build puts source, licences and a bill of materials.
///
/// Left out are descriptors of packages and modules, which hold no code and which no gate accepts.
/// A symbolic link is refused: what it leads to is not what the compiler wrote.
record ClassFiles(Map<String, byte[]> entries, Map<String, byte[]> texts, int leftOut) {

  private static final String TEXTS = "META-INF/npa/";

  static ClassFiles below(String directory) throws IOException {
    Path root = InputFile.path(directory);
    if (!Files.isDirectory(root)) {
      throw new IOException(
          directory + ": no such directory; name the one your compiler writes to");
    }
    Collector collector = new Collector(root);
    Files.walkFileTree(root, collector);
    if (collector.entries.isEmpty()) {
      throw new IOException(directory + ": no class files in it; compile first");
    }
    return new ClassFiles(collector.entries, collector.texts, collector.leftOut);
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Map<String, byte[]> texts = new TreeMap<>();
    private final Path root;
    private int leftOut;

    Collector(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = root.relativize(file).toString().replace('\\', '/');
      boolean text = name.startsWith(TEXTS);
      if (!name.endsWith(".class") && !text) {
        return FileVisitResult.CONTINUE;
      }
      if (!attributes.isRegularFile()) {
        throw new IOException(file + ": a link or device among the classes");
      }
      if (text) {
        texts.put(name, read(file));
        return requireFew();
      }
      if (name.endsWith("package-info.class") || name.endsWith("module-info.class")) {
        leftOut++;
        return FileVisitResult.CONTINUE;
      }
      entries.put(name, read(file));
      return requireFew();
    }

    private FileVisitResult requireFew() throws IOException {
      if (entries.size() + texts.size() > PackageFormat.MAX_ENTRIES) {
        throw new IOException(
            root + ": more than the " + PackageFormat.MAX_ENTRIES + " entries a package may have");
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(PackageFormat.MAX_ENTRY_BYTES + 1);
      if (bytes.length > PackageFormat.MAX_ENTRY_BYTES) {
        throw new IOException(file + ": more than " + PackageFormat.MAX_ENTRY_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
