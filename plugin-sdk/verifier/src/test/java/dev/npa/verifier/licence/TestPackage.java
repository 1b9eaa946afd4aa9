// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.licence.sbom.Component;
import dev.npa.verifier.licence.source.BuildRecipe;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.Samples;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A package of the plugin `example.nic.Plugin`, good but for what a test changes.
public final class TestPackage {

  public static final String ADDRESS = "https://example.com/source.zip";
  public static final String SOURCE =
      SourceFiles.DIRECTORY + "src/main/java/example/nic/Plugin.java";
  public static final String RECIPE = SourceFiles.DIRECTORY + BuildRecipe.FILE;

  private final String licence;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Component> parts = new ArrayList<>();
  private PluginManifest manifest;

  private TestPackage(String licence, PluginManifest manifest) {
    this.licence = licence;
    this.manifest = manifest;
    entries.put("example/nic/Plugin.class", Samples.CLASS);
  }

  /// With the source elsewhere and no licence text.
  public static TestPackage bare(String licence) {
    return new TestPackage(licence, Samples.manifest(Optional.of(licence), Optional.of(ADDRESS)));
  }

  /// Under one GPL licence, with its text, and the source elsewhere.
  public static TestPackage under(String licence) {
    return bare(licence).text(licence);
  }

  /// The same with the source inside.
  public static TestPackage withSource(String licence) {
    PluginManifest offered = Samples.manifest();
    PluginManifest inside =
        new PluginManifest(
            offered.pluginId(),
            offered.version(),
            offered.generation(),
            offered.entryClass(),
            offered.deviceIds(),
            Optional.of(licence),
            Optional.of(SourceFiles.DIRECTORY));
    return new TestPackage(licence, inside)
        .text(licence)
        .entry(RECIPE, BuildRecipe.standard().text(licence))
        .entry(SOURCE, source(licence, "example.nic", "Plugin"));
  }

  static String source(String licence, String javaPackage, String name) {
    return "// SPDX-License-Identifier: "
        + licence
        + "\npackage "
        + javaPackage
        + ";\n\n/// Drives a card.\npublic final class "
        + name
        + " {}\n";
  }

  public TestPackage manifest(UnaryOperator<PluginManifest> change) {
    manifest = change.apply(manifest);
    return this;
  }

  public TestPackage offer(String digest, String until) {
    return manifest(
        m ->
            new PluginManifest(
                m.pluginId(),
                m.version(),
                m.generation(),
                m.entryClass(),
                m.deviceIds(),
                m.licence(),
                m.source(),
                Optional.of(digest).filter(text -> !text.isEmpty()),
                Optional.of(until).filter(text -> !text.isEmpty())));
  }

  /// The known text of a licence or exception that is the same for everybody.
  public TestPackage text(String id) {
    return entry(textEntry(id), new String(LicenceTexts.of(id), StandardCharsets.UTF_8));
  }

  public TestPackage text(String id, String text) {
    return entry(textEntry(id), text);
  }

  public static String textEntry(String id) {
    return PackageFormat.LICENCE_TEXTS + id + ".txt";
  }

  public TestPackage entry(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public TestPackage without(String name) {
    if (entries.remove(name) == null) {
      throw new IllegalArgumentException("no entry " + name);
    }
    return this;
  }

  /// An empty class.
  ///
  /// @param name binary name, `a.b.C`
  public TestPackage type(String name) {
    entries.put(
        name.replace('.', '/') + ".class", ClassFile.of().build(ClassDesc.of(name), c -> {}));
    return this;
  }

  /// A class with a field of another type.
  public TestPackage typeNaming(String name, String other) {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                type ->
                    type.withMethodBody(
                        "call",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_STATIC,
                        code ->
                            code.invokestatic(ClassDesc.of(other), "run", ConstantDescs.MTD_void)
                                .return_()));
    entries.put(name.replace('.', '/') + ".class", bytes);
    return this;
  }

  public TestPackage part(String name, String version, String partLicence, String... covers) {
    parts.add(Component.part(name, version, partLicence, covers));
    return this;
  }

  /// A bill of materials as written here, instead of the packager's.
  public TestPackage bill(String json) {
    return entry(BillOfMaterials.ENTRY, json);
  }

  /// The packager's bill with a change.
  public TestPackage editedBill(UnaryOperator<String> change) {
    return bill(change.apply(TestBill.of(licence)));
  }

  public byte[] unsigned() {
    PackageBuilder builder = new PackageBuilder(manifest);
    entries.forEach(builder::add);
    parts.forEach(builder::addPart);
    return builder.build();
  }

  public byte[] signed() {
    return Samples.signed(unsigned());
  }
}
