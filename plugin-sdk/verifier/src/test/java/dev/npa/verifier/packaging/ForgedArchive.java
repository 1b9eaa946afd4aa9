// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.licence.LicenceTexts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The sample package with whatever an attacker wants in it: any entries in any order, any
/// manifest.
public final class ForgedArchive {

  private record Entry(String name, byte[] content) {}

  private final Map<String, String> main =
      new LinkedHashMap<>(Samples.builder(Samples.manifest()).mainAttributes());
  private final List<Entry> entries = new ArrayList<>();
  private UnaryOperator<String> manifestText = text -> text;
  private boolean listed = true;
  private int manifestAt;

  public ForgedArchive() {
    entry("META-INF/npa/licenses/GPL-2.0-only.txt", LicenceTexts.of("GPL-2.0-only"));
    entry("example/nic/Plugin.class", Samples.CLASS);
  }

  public ForgedArchive attribute(String name, String value) {
    main.put(name, value);
    return this;
  }

  public ForgedArchive without(String name) {
    if (main.remove(name) == null) {
      entries.removeIf(entry -> entry.name().equals(name));
    }
    return this;
  }

  /// Appended as it comes: the canonical order is the caller's business.
  public ForgedArchive entry(String name, byte[] content) {
    entries.add(new Entry(name, content));
    return this;
  }

  /// In front of all entries but the manifest.
  public ForgedArchive early(String name, byte[] content) {
    entries.addFirst(new Entry(name, content));
    return this;
  }

  /// Right behind another entry.
  public ForgedArchive after(String other, String name, byte[] content) {
    int at = entries.stream().map(Entry::name).toList().indexOf(other);
    entries.add(at + 1, new Entry(name, content));
    return this;
  }

  public ForgedArchive manifestText(UnaryOperator<String> change) {
    manifestText = change;
    return this;
  }

  public ForgedArchive manifestAt(int index) {
    manifestAt = index;
    return this;
  }

  /// The manifest lists only what has been added so far.
  public ForgedArchive unlistedFromHere(String name, byte[] content) {
    listed = false;
    return entry(name, content);
  }

  public byte[] build() {
    SortedMap<String, byte[]> forManifest = new TreeMap<>();
    int count = listed ? entries.size() : entries.size() - 1;
    entries.subList(0, count).stream()
        .filter(e -> !e.name().startsWith("META-INF/NPA."))
        .forEach(e -> forManifest.put(e.name(), e.content()));
    byte[] written = new ManifestWriter().write(main, forManifest);
    String text = manifestText.apply(new String(written, StandardCharsets.ISO_8859_1));
    List<Entry> all = new ArrayList<>(entries);
    if (manifestAt >= 0) {
      byte[] manifest = text.getBytes(StandardCharsets.ISO_8859_1);
      all.add(manifestAt, new Entry(PackageFormat.MANIFEST, manifest));
    }
    StoredZip zip = new StoredZip();
    all.forEach(entry -> zip.add(entry.name(), entry.content()));
    return zip.finish();
  }
}
