// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.P001_NOT_A_PACKAGE;
import static dev.npa.verifier.RuleId.P002_TOO_LARGE;
import static dev.npa.verifier.RuleId.P003_HEADER_MISMATCH;
import static dev.npa.verifier.RuleId.P004_LAYOUT;
import static dev.npa.verifier.RuleId.P005_FORBIDDEN_FEATURE;
import static dev.npa.verifier.RuleId.P006_ENTRY_NAME;
import static dev.npa.verifier.RuleId.P007_DUPLICATE_NAME;
import static dev.npa.verifier.RuleId.P008_ENTRY_ORDER;
import static dev.npa.verifier.RuleId.P009_FORBIDDEN_ENTRY;
import static dev.npa.verifier.RuleId.P010_CHECKSUM;

import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.ZipPatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a vendor with a good key can do to the ZIP around the plugin. Entry 0 is the manifest,
/// entry 1 the licence text, entry 2 the class.
final class ArchiveAttacks {

  private static final int NEEDED = 4;
  private static final int FLAGS = 6;
  private static final int METHOD = 8;
  private static final int TIME = 10;
  private static final int DATE = 12;
  private static final int CRC = 14;
  private static final int STORED_SIZE = 18;
  private static final int SIZE = 22;
  private static final int NAME_LENGTH = 26;
  private static final int EXTRA_LENGTH = 28;
  private static final String PLUGIN = "example/nic/Plugin.class";
  private static final byte[] TEXT = "text\n".getBytes(StandardCharsets.US_ASCII);

  private ArchiveAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(directory(), headers(), layout(), features(), names(), kinds(), sizes())
        .flatMap(List::stream);
  }

  private static List<Attack> directory() {
    ZipPatch zip = patch();
    return List.of(
        attack("no entries", P001_NOT_A_PACKAGE, "directory", count(patch(), 0, 0)),
        attack("counts differ", P001_NOT_A_PACKAGE, "directory", count(patch(), 4, 3)),
        attack("an entry not counted", P004_LAYOUT, "directory", count(patch(), 3, 3)),
        attack("an entry too many", P001_NOT_A_PACKAGE, "directory", count(patch(), 5, 5)),
        attack("a record's magic", P001_NOT_A_PACKAGE, "directory", patch().put32(zip.cen(1), 0)),
        attack("size off", P004_LAYOUT, "directory", patch().put32(zip.eocd() + 12, 1)),
        attack("offset off", P004_LAYOUT, "directory", patch().put32(zip.eocd() + 16, 1)),
        attack("ZIP64 offset", P004_LAYOUT, "directory", patch().put32(zip.eocd() + 16, -1)),
        attack("ZIP64 count", P002_TOO_LARGE, "directory", count(patch(), 0xffff, 0xffff)),
        attack("disks", P005_FORBIDDEN_FEATURE, "directory", patch().put16(zip.eocd() + 4, 1)));
  }

  private static List<Attack> headers() {
    int loc = patch().loc(3);
    int cen = patch().cen(3);
    return List.of(
        attack("names differ", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + 30, 0x5858)),
        attack("local version", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + NEEDED, 20)),
        attack("local flags", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + FLAGS, 8)),
        attack("local method", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + METHOD, 8)),
        attack("local time", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + TIME, 8)),
        attack("local CRC", P003_HEADER_MISMATCH, PLUGIN, patch().put32(loc + CRC, 8)),
        attack("local size", P003_HEADER_MISMATCH, PLUGIN, patch().put32(loc + SIZE, 4)),
        attack(
            "local name size", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + NAME_LENGTH, 4)),
        attack("local extra", P003_HEADER_MISMATCH, PLUGIN, patch().put16(loc + EXTRA_LENGTH, 4)),
        attack("size", P003_HEADER_MISMATCH, PLUGIN, patch().put32(cen + 2 + SIZE, 4)),
        attack("CRC in both", P010_CHECKSUM, PLUGIN, patch().both32(3, CRC, 0x12345678)));
  }

  private static List<Attack> layout() {
    ZipPatch zip = patch();
    int directory = zip.cen(0);
    byte[] gap = {0, 0, 0, 0};
    return List.of(
        attack("prefix", P004_LAYOUT, "directory", patch().insert(0, TEXT)),
        attack("prefix, relocated", P004_LAYOUT, "MANIFEST", relocated(0, TEXT)),
        attack("gap between entries", P004_LAYOUT, PLUGIN, relocated(zip.loc(3), gap)),
        attack("gap before directory", P004_LAYOUT, "directory", relocated(directory, gap)),
        attack("gap after directory", P004_LAYOUT, "directory", relocatedEnd(gap)),
        attack(
            "two records, one entry",
            P004_LAYOUT,
            "licenses",
            patch().put32(zip.cen(1) + 42, zip.loc(0))),
        attack("entry in the past", P004_LAYOUT, PLUGIN, patch().put32(zip.cen(3) + 42, 0)),
        attack("local magic", P004_LAYOUT, PLUGIN, patch().put32(zip.loc(3), 0)),
        attack(
            "entry over the directory",
            P004_LAYOUT,
            PLUGIN,
            patch().both32(3, SIZE, 4096).both32(3, STORED_SIZE, 4096)),
        attack(
            "entry shorter than its bytes",
            P010_CHECKSUM,
            PLUGIN,
            patch().both32(3, SIZE, 4).both32(3, STORED_SIZE, 4)));
  }

  private static List<Attack> features() {
    int cen = patch().cen(3);
    return List.of(
        attack("deflated", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, METHOD, 8)),
        attack("encrypted", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, FLAGS, 1)),
        attack("data descriptor", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, FLAGS, 8)),
        attack("UTF-8 names", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, FLAGS, 0x800)),
        attack("newer version", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, NEEDED, 45)),
        attack("time", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, TIME, 1)),
        attack("date", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, DATE, 0x5000)),
        attack("extra field", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both16(3, EXTRA_LENGTH, 4)),
        attack("made on Unix", P005_FORBIDDEN_FEATURE, PLUGIN, patch().put16(cen + 4, 0x030a)),
        attack("comment", P005_FORBIDDEN_FEATURE, PLUGIN, patch().put16(cen + 32, 1)),
        attack("on disk 1", P005_FORBIDDEN_FEATURE, PLUGIN, patch().put16(cen + 34, 1)),
        attack("internal bits", P005_FORBIDDEN_FEATURE, PLUGIN, patch().put16(cen + 36, 1)),
        attack(
            "symbolic link", P005_FORBIDDEN_FEATURE, PLUGIN, patch().put32(cen + 38, 0xa1ff0000)),
        attack("two sizes", P005_FORBIDDEN_FEATURE, PLUGIN, patch().both32(3, STORED_SIZE, 7)));
  }

  private static List<Attack> names() {
    List<Attack> attacks = new ArrayList<>();
    for (String name :
        List.of(
            "zz/../evil.class",
            "zz//evil.class",
            "zz/./evil.class",
            "zz\\evil.class",
            "zz:evil.class",
            "zz evil.class",
            "zz/\u00e9vil.class",
            "zz/evil\u0000.class",
            "zz/.hidden.class",
            "zz/evil.class.")) {
      attacks.add(forged(name, P006_ENTRY_NAME, forge().entry(name, Samples.CLASS)));
    }
    attacks.add(forged("absolute", P006_ENTRY_NAME, forge().early("/a.class", Samples.CLASS)));
    // The class that java.net.URLClassLoader loads and scanners take for a directory.
    attacks.add(forged("trailing slash", P006_ENTRY_NAME, forge().entry("zz/A.class/", TEXT)));
    attacks.add(forged("directory", P006_ENTRY_NAME, forge().entry("zz/", new byte[0])));
    byte[] plugin = Samples.CLASS;
    attacks.add(forged("twice", P007_DUPLICATE_NAME, forge().entry(PLUGIN, plugin)));
    attacks.add(
        forged(
            "twice but for case",
            P007_DUPLICATE_NAME,
            forge().entry("example/nic/plugin.class", plugin)));
    attacks.add(forged("out of order", P008_ENTRY_ORDER, forge().entry("aa/A.class", plugin)));
    attacks.add(forged("manifest second", P008_ENTRY_ORDER, forge().manifestAt(1)));
    return attacks;
  }

  private static List<Attack> kinds() {
    List<Attack> attacks = new ArrayList<>();
    for (String name :
        List.of(
            "META-INF/npa/zz/A.class",
            "META-INF/services/dev.npa.plugin.NpaPlugin",
            "META-INF/versions/9/example/nic/Plugin.class",
            "META-INF/npa.properties")) {
      attacks.add(forged(name, P009_FORBIDDEN_ENTRY, sorted(name, Samples.CLASS)));
    }
    for (String name : List.of("META-INF/EVIL.EC", "META-INF/EVIL.SF", "META-INF/INDEX.LIST")) {
      attacks.add(forged(name, P009_FORBIDDEN_ENTRY, forge().early(name, TEXT)));
    }
    for (String name :
        List.of("zz/inner.jar", "zz/lib.so", "zz/notes.txt", "zz/package-info.class")) {
      attacks.add(forged(name, P009_FORBIDDEN_ENTRY, forge().entry(name, Samples.CLASS)));
    }
    for (String name :
        List.of("dev/npa/plugin/Evil.class", "dev/npa/shell/Evil.class", "com/sun/Evil.class")) {
      attacks.add(forged(name, P009_FORBIDDEN_ENTRY, sorted(name, Samples.CLASS)));
    }
    attacks.add(
        forged(
            "java/lang",
            P009_FORBIDDEN_ENTRY,
            forge().entry("java/lang/Evil.class", Samples.CLASS)));
    attacks.add(
        forged(
            "module-info",
            P009_FORBIDDEN_ENTRY,
            forge().entry("module-info.class", Samples.CLASS)));
    attacks.add(forged("no class", P009_FORBIDDEN_ENTRY, forge().entry("zz/A.class", TEXT)));
    byte[] elf = {0x7f, 'E', 'L', 'F'};
    byte[] zip = {'P', 'K', 3, 4};
    byte[] latin1 = {'n', 'o', 'n', (byte) 0xe9};
    attacks.add(forged("ELF", P009_FORBIDDEN_ENTRY, sorted("META-INF/npa/zz/a.txt", elf)));
    attacks.add(forged("ZIP", P009_FORBIDDEN_ENTRY, sorted("META-INF/npa/zz/a.txt", zip)));
    attacks.add(forged("Latin-1", P009_FORBIDDEN_ENTRY, sorted("META-INF/npa/zz/a.txt", latin1)));
    return attacks;
  }

  private static List<Attack> sizes() {
    ForgedArchive many = forge();
    for (int i = 0; i < PackageFormat.MAX_ENTRIES; i++) {
      many.entry(String.format("zz/C%03d.class", i), Samples.CLASS);
    }
    byte[] large = new byte[PackageFormat.MAX_ENTRY_BYTES + 1];
    return List.of(
        forged("513 entries and more", P002_TOO_LARGE, many),
        forged("an entry over 256 KB", P002_TOO_LARGE, forge().entry("zz/Large.class", large)));
  }

  private static ForgedArchive forge() {
    return new ForgedArchive();
  }

  /// The new entry where the canonical order wants it: between the licence text and the class, or
  /// before both.
  private static ForgedArchive sorted(String name, byte[] content) {
    String text = "META-INF/npa/licenses/GPL-2.0-only.txt";
    if (name.compareTo(text) < 0) {
      return forge().early(name, content);
    }
    return forge().without(PLUGIN).entry(name, content).entry(PLUGIN, Samples.CLASS);
  }

  private static ZipPatch patch() {
    return new ZipPatch(Samples.unsigned());
  }

  private static ZipPatch count(ZipPatch zip, int here, int all) {
    return zip.put16(zip.eocd() + 8, here).put16(zip.eocd() + 10, all);
  }

  private static ZipPatch relocated(int at, byte[] gap) {
    return patch().insertAndRelocate(at, gap);
  }

  private static ZipPatch relocatedEnd(byte[] gap) {
    ZipPatch zip = patch();
    return zip.insertAndRelocate(zip.eocd(), gap);
  }

  private static Attack attack(String name, RuleId rule, String place, ZipPatch zip) {
    return Attack.signed(name, rule, place, zip.bytes());
  }

  private static Attack forged(String name, RuleId rule, ForgedArchive archive) {
    return Attack.signed(Printable.text(name), rule, "", archive.build());
  }
}
