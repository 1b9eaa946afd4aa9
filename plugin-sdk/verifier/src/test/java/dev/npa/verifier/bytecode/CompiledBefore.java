// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What the compiler made of sources, kept for whoever asks for the same again: in this JVM, and,
/// where `npa.compiled` names a directory, in the next ones. Mutation testing starts a JVM for each
/// class that it mutates, and each would compile hundreds of plugins.
final class CompiledBefore {
  private static final String DIRECTORY = System.getProperty("npa.compiled", "");
  private static final Map<String, SortedMap<String, byte[]>> HERE = new ConcurrentHashMap<>();

  private CompiledBefore() {}

  /// A copy, free to be changed.
  static SortedMap<String, byte[]> orElse(
      List<String> options, List<String> sources, Supplier<SortedMap<String, byte[]>> compiler) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    HERE.computeIfAbsent(
            key(Runtime.version() + "\n" + options + "\n" + sources), key -> find(key, compiler))
        .forEach((name, bytes) -> classes.put(name, bytes.clone()));
    return classes;
  }

  private static String key(String question) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static SortedMap<String, byte[]> find(
      String key, Supplier<SortedMap<String, byte[]>> compiler) {
    if (DIRECTORY.isEmpty()) {
      return compiler.get();
    }
    try {
      Path file = Files.createDirectories(Path.of(DIRECTORY)).resolve(key);
      if (Files.exists(file)) {
        return read(file);
      }
      SortedMap<String, byte[]> classes = compiler.get();
      write(file, classes);
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<String, byte[]> read(Path file) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (int left = in.readInt(); left > 0; left--) {
        classes.put(in.readUTF(), in.readNBytes(in.readInt()));
      }
    }
    return classes;
  }

  /// Whole or not at all: another JVM may look for it meanwhile.
  private static void write(Path file, SortedMap<String, byte[]> classes) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "part", "");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(part))) {
      out.writeInt(classes.size());
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        out.write(entry.getValue());
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
