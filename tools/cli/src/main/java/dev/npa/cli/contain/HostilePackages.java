// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Packages of the sample plugin `hostile`, one for each misdeed, signed as any vendor's.
final class HostilePackages {
  private static final String PACKAGE = "org/hostile/vf/";
  private static final String CHOICE = PACKAGE + "Choice.class";
  private static final String MISDEEDS = PACKAGE + "Misdeed.class";
  private static final String LICENCE = "GPL-2.0-or-later";

  /// Constants of the plugin's class `Misdeed` that are no misdeeds.
  private static final Set<String> NO_MISDEEDS = Set.of("AFTER", "NONE");

  private final Map<String, byte[]> classes;
  private final Map<String, Integer> numbers;

  private HostilePackages(Map<String, byte[]> classes) {
    this.classes = classes;
    this.numbers = numbers(classes.get(MISDEEDS));
  }

  /// Reads the JAR that lies in the product's image.
  static HostilePackages fromImage(Path image) throws IOException {
    Path jar = image.resolve("plugins").resolve("npa-hostile.jar");
    Map<String, byte[]> classes = new TreeMap<>();
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".class") && !entry.getName().endsWith("package-info.class")) {
          classes.put(entry.getName(), zip.readAllBytes());
        }
      }
    }
    if (!classes.containsKey(CHOICE) || !classes.containsKey(MISDEEDS)) {
      throw new IOException(jar + " is not the sample plugin hostile");
    }
    return new HostilePackages(classes);
  }

  private static Map<String, Integer> numbers(byte[] misdeeds) {
    Map<String, Integer> found = new LinkedHashMap<>();
    for (FieldModel field : ClassFile.of().parse(misdeeds).fields()) {
      String name = field.fieldName().stringValue();
      field
          .findAttribute(Attributes.constantValue())
          .filter(_ -> !NO_MISDEEDS.contains(name))
          .ifPresent(value -> found.put(name, (Integer) value.constant().constantValue()));
    }
    return found;
  }

  /// Names of the misdeeds, in the order of their numbers.
  List<String> misdeeds() {
    return List.copyOf(numbers.keySet());
  }

  /// @param misdeed one of [#misdeeds]
  byte[] signed(String misdeed, SigningKey key) throws GeneralSecurityException {
    PackageBuilder builder =
        new PackageBuilder(
            new PluginManifest(
                "org.hostile.vf",
                "1.0.0",
                1,
                "org.hostile.vf.HostilePlugin",
                List.of(new DeviceId(0x8086, 0x10CA)),
                Optional.of(LICENCE),
                Optional.of("https://example.org/hostile-vf-1.0.0-sources.tar.gz")));
    builder.addLicenceText(LICENCE);
    classes.forEach(
        (name, bytes) -> builder.add(name, name.equals(CHOICE) ? choosing(bytes, misdeed) : bytes));
    return PackageSigner.sign(builder.build(), key);
  }

  /// Puts the misdeed's number where the class returns 0.
  private byte[] choosing(byte[] choice, String misdeed) {
    int number = numbers.get(misdeed);
    CodeTransform number0 =
        (code, element) -> {
          if (element instanceof ConstantInstruction) {
            code.loadConstant(number);
          } else {
            code.with(element);
          }
        };
    ClassFile format = ClassFile.of();
    return format.transformClass(
        format.parse(choice),
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString("misdeed"), number0));
  }
}
