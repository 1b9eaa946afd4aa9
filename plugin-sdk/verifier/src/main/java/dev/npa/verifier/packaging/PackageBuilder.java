// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.DeviceId;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.archive.SignaturePromise;
import dev.npa.verifier.licence.LicenceTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Builds the canonical unsigned package: same content, same bytes, whatever the time, the time
/// zone, the umask, the order of files or the JDK. Not thread-safe.
///
/// It writes what it is given; whether that is a plugin is for the gate to say.
public final class PackageBuilder {

  private final PluginManifest manifest;
  private Set<SignatureAlgorithm> promised = EnumSet.of(SignatureAlgorithm.EC_P384);
  private final SortedMap<String, byte[]> entries = new TreeMap<>();

  public PackageBuilder(PluginManifest manifest) {
    this.manifest = manifest;
  }

  /// Promises signatures by these algorithms, and by no others, in the manifest; P-384 if nothing
  /// is said.
  ///
  /// @throws IllegalArgumentException if there are none
  public PackageBuilder promising(Set<SignatureAlgorithm> algorithms) {
    promised = EnumSet.copyOf(algorithms);
    return this;
  }

  /// Adds one entry.
  ///
  /// @throws IllegalArgumentException if the name is already there, or is the manifest's
  public PackageBuilder add(String name, byte[] content) {
    if (name.equals(PackageFormat.MANIFEST) || entries.put(name, content.clone()) != null) {
      throw new IllegalArgumentException("already in the package: " + name);
    }
    return this;
  }

  /// Adds every `.class` file below a directory of compiler output; debug information and all.
  ///
  /// @throws IOException if the directory cannot be read
  public PackageBuilder addClasses(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(directory)) {
      files = tree.filter(path -> path.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = directory.relativize(file).toString().replace('\\', '/');
      add(name, Files.readAllBytes(file));
    }
    return this;
  }

  /// Adds the known text of one licence where the gate looks for it.
  ///
  /// @throws IllegalArgumentException if `id` is not one of the GPL family
  public PackageBuilder addLicenceText(String id) {
    return add(PackageFormat.LICENCE_TEXTS + id + ".txt", LicenceTexts.of(id));
  }

  /// The package, ready to be signed.
  public byte[] build() {
    StoredZip zip = new StoredZip();
    zip.add(PackageFormat.MANIFEST, new ManifestWriter().write(mainAttributes(), entries));
    entries.forEach(zip::add);
    return zip.finish();
  }

  Map<String, String> mainAttributes() {
    Map<String, String> main = new LinkedHashMap<>();
    main.put("Manifest-Version", "1.0");
    main.put(PackageFormat.PLUGIN_ID, manifest.pluginId());
    main.put(PackageFormat.PLUGIN_VERSION, manifest.version());
    main.put(PackageFormat.GENERATION, Integer.toString(manifest.generation()));
    main.put(PackageFormat.PLUGIN_CLASS, manifest.entryClass());
    main.put(PackageFormat.API_VERSION, PackageFormat.API_VERSION_1);
    main.put(
        PackageFormat.DEVICE_IDS,
        manifest.deviceIds().stream().map(DeviceId::toString).collect(Collectors.joining(",")));
    manifest.licence().ifPresent(licence -> main.put(PackageFormat.LICENCE, licence));
    manifest.source().ifPresent(source -> main.put(PackageFormat.SOURCE, source));
    main.put(PackageFormat.SIGNATURE, SignaturePromise.write(promised));
    return main;
  }
}
