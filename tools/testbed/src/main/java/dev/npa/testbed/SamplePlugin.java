// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/// The 82576 sample plugin as its build left it: classes and sources, not yet a package.
public final class SamplePlugin {
  private static final String PACKAGE = "org.kawela.vf";
  private static final String ENTRY_CLASS = "KawelaPlugin";
  private static final String LICENCE = "GPL-2.0-or-later";

  private final Map<String, byte[]> classes;
  private final Map<String, byte[]> sources;
  private final String javaPackage;
  private final String licence;

  private SamplePlugin(
      Map<String, byte[]> classes,
      Map<String, byte[]> sources,
      String javaPackage,
      String licence) {
    this.classes = classes;
    this.sources = sources;
    this.javaPackage = javaPackage;
    this.licence = licence;
  }

  /// Reads the JAR that lies in the product's image.
  public static SamplePlugin fromImage(Path image) throws IOException {
    Path jar = image.resolve("plugins").resolve("npa-kawela.jar");
    Map<String, byte[]> classes = new TreeMap<>();
    Map<String, byte[]> sources = new TreeMap<>();
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("package-info.class")) {
          classes.put(entry.getName(), zip.readAllBytes());
        } else if (entry.getName().startsWith(SourceFiles.DIRECTORY) && !entry.isDirectory()) {
          sources.put(entry.getName(), zip.readAllBytes());
        }
      }
    }
    return new SamplePlugin(classes, sources, PACKAGE, LICENCE);
  }

  /// The same plugin under another licence, in its sources too.
  public SamplePlugin withLicence(String other) {
    return new SamplePlugin(
        classes, sourcesWith(licence, other, UnaryOperator.identity()), javaPackage, other);
  }

  /// The same plugin with every class changed.
  public SamplePlugin mapClasses(UnaryOperator<byte[]> change) {
    Map<String, byte[]> changed = new TreeMap<>();
    classes.forEach((name, bytes) -> changed.put(name, change.apply(bytes)));
    return new SamplePlugin(changed, sources, javaPackage, licence);
  }

  /// The same plugin as another vendor's: every class in another package.
  ///
  /// @param vendor becomes the package `example.<vendor>.vf`
  public SamplePlugin rebranded(String vendor) {
    String other = "example." + vendor + ".vf";
    Remapper names =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            return internalName.replace(javaPackage.replace('.', '/'), other.replace('.', '/'));
          }
        };
    Map<String, byte[]> moved = new TreeMap<>();
    classes.forEach(
        (file, bytes) -> {
          ClassWriter writer = new ClassWriter(0);
          new ClassReader(bytes).accept(new ClassRemapper(writer, names), 0);
          moved.put(names.map(file), writer.toByteArray());
        });
    return new SamplePlugin(moved, sourcesWith(javaPackage, other, names::map), other, licence);
  }

  /// Name of the entry class.
  public String entryClass() {
    return javaPackage + "." + ENTRY_CLASS;
  }

  /// The class files by binary name, as the compiler left them.
  public Map<String, byte[]> classes() {
    Map<String, byte[]> byName = new TreeMap<>();
    classes.forEach(
        (file, bytes) ->
            byName.put(
                file.substring(0, file.length() - ".class".length()).replace('/', '.'),
                bytes.clone()));
    return byName;
  }

  private Map<String, byte[]> sourcesWith(
      String text, String replacement, UnaryOperator<String> rename) {
    Map<String, byte[]> changed = new TreeMap<>();
    sources.forEach(
        (name, source) ->
            changed.put(
                rename.apply(name),
                new String(source, StandardCharsets.UTF_8)
                    .replace(text, replacement)
                    .getBytes(StandardCharsets.UTF_8)));
    return changed;
  }

  public byte[] unsignedPackage() {
    PluginManifest manifest =
        new PluginManifest(
            javaPackage,
            "1.0.0",
            1,
            entryClass(),
            List.of(new DeviceId(0x8086, 0x10CA)),
            Optional.of(licence),
            Optional.of(SourceFiles.DIRECTORY));
    PackageBuilder builder = new PackageBuilder(manifest);
    if (licence.equals(LICENCE)) {
      builder.addLicenceText(LICENCE);
    }
    classes.forEach(builder::add);
    sources.forEach(builder::add);
    return builder.build();
  }

  public byte[] signedPackage(SigningKey key) throws GeneralSecurityException {
    return PackageSigner.sign(unsignedPackage(), key);
  }
}
