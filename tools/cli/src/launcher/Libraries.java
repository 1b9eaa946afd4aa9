// SPDX-License-Identifier: MIT

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Makes the JARs of the product's image fit for the JVM's ahead-of-time cache (JEP 483), which
/// takes no class of a signed JAR and none older than class-file version 50.
///
/// - Bouncy Castle's JARs lose their signature, whose check on each start cost more than the work;
///   where they came from was Maven's to check, by the digests of the repository.
/// - Classes of ASM and picocli get version 61 and the stack maps that it demands, computed by the
///   JDK. The JVM verifies them like any class; a wrong one fails the build's training run.
/// - Dynamic calls that the cache cannot hold become static ones ([StaticCalls]).
/// - Entries are stored: nothing is inflated at start.
///
/// Usage: `java Libraries.java FROM TO`, two directories.
final class Libraries {
  private static final int OLDEST_VERSION = 50;
  private static final int NEW_VERSION = 61;
  private static final long TIME_MILLIS = 1_767_225_600_000L; // 2026-01-01, as good as any

  public static void main(String[] args) throws IOException {
    Path to = Files.createDirectories(Path.of(args[1]));
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    Map<Path, Map<String, byte[]>> contents = new LinkedHashMap<>();
    for (Path jar : jars) {
      contents.put(jar, read(jar));
    }
    ClassFile format = classFile(contents);
    for (Map.Entry<Path, Map<String, byte[]>> jar : contents.entrySet()) {
      Path draft = to.resolve(jar.getKey().getFileName() + ".new");
      write(draft, jar.getValue(), format);
      Files.move(draft, to.resolve(jar.getKey().getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory() && !isSignature(entry.getName())) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static boolean isSignature(String name) {
    return name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  }

  private static void write(Path jar, Map<String, byte[]> entries, ClassFile format)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] bytes = converted(entry.getKey(), entry.getValue(), format);
        ZipEntry stored = new ZipEntry(entry.getKey());
        stored.setTime(TIME_MILLIS);
        stored.setSize(bytes.length);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        stored.setCrc(crc.getValue());
        out.putNextEntry(stored);
        out.write(bytes);
        out.closeEntry();
      }
    }
  }

  private static byte[] converted(String name, byte[] bytes, ClassFile format) throws IOException {
    if (name.equals("META-INF/MANIFEST.MF")) {
      return withoutDigests(bytes);
    }
    if (!name.endsWith(".class") || name.endsWith("module-info.class")) {
      return bytes;
    }
    ClassModel model = format.parse(bytes);
    return model.majorVersion() >= OLDEST_VERSION
        ? StaticCalls.in(bytes, format)
        : format.transformClass(
            model,
            ClassTransform.endHandler(builder -> builder.withVersion(NEW_VERSION, 0))
                .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }

  /// The sections of entries hold the digests that a signature is about.
  private static byte[] withoutDigests(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
    manifest.getEntries().clear();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  /// Stack maps need to know what extends what, in the JARs and in the JDK.
  private static ClassFile classFile(Map<Path, Map<String, byte[]>> contents) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    contents.values().forEach(classes::putAll);
    ClassHierarchyResolver jars =
        ClassHierarchyResolver.ofResourceParsing(
            owner -> {
              String descriptor = owner.descriptorString();
              byte[] found =
                  classes.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
              return found == null ? null : new ByteArrayInputStream(found);
            });
    return ClassFile.of(
        ClassFile.ClassHierarchyResolverOption.of(
            jars.orElse(ClassHierarchyResolver.defaultResolver())),
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
  }
}
