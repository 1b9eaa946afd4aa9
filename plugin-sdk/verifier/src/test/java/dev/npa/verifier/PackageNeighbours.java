// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.PackageFormat.MAX_ENTRIES;
import static dev.npa.verifier.PackageFormat.MAX_ENTRY_BYTES;
import static dev.npa.verifier.PackageFormat.MAX_NAME_BYTES;

import dev.npa.verifier.licence.TestPackage;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.JarBlocks;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.ZipPatch;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.Trust;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Packages at the limits of the structure rules.
final class PackageNeighbours {

  private static final String GPL = "GPL-2.0-only";
  private static final SigningKey VENDOR = Samples.PKI.vendorKey();
  private static final int OVERHEAD_ENTRIES = 5; // manifest, JAR signature, licence text, bill

  private PackageNeighbours() {}

  static Stream<Neighbour> all() {
    try {
      return Stream.of(archive(), names(), manifest(), holder()).flatMap(List::stream);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Neighbour> archive() throws GeneralSecurityException {
    ZipPatch zip = new ZipPatch(Samples.unsigned());
    byte[] file = JarBlocks.file();
    ForgedArchive own =
        new ForgedArchive()
            .early(PackageFormat.JAR_SIGNATURE_FILE, file)
            .early(PackageFormat.JAR_SIGNATURE_BLOCK, JarBlocks.block(VENDOR, file));
    return List.of(
        good(RuleId.P001_NOT_A_PACKAGE, "the least that is a package", new ForgedArchive()),
        Neighbour.of(RuleId.P002_TOO_LARGE, "as many entries as may be", most()),
        Neighbour.of(RuleId.P002_TOO_LARGE, "an entry as large as may be", largest()),
        good(RuleId.P003_HEADER_MISMATCH, "headers written twice alike", zip.both16(3, 10, 0)),
        Neighbour.of(RuleId.P004_LAYOUT, "an entry of no bytes between others", emptyEntry()),
        good(RuleId.P005_FORBIDDEN_FEATURE, "stored, and flags written as 0", zip.both16(3, 6, 0)),
        good(
            RuleId.P010_CHECKSUM,
            "other bytes with their own sum",
            new ForgedArchive().entry("example/nic/Ring.class", Classes.empty("example.nic.Ring"))),
        Neighbour.of(
            RuleId.P017_JAR_SIGNATURE,
            "a JAR signature made by hand",
            Samples.signedAnyway(own.build())));
  }

  private static byte[] most() {
    PackageBuilder builder = Samples.builder(Samples.manifest()).addLicenceText(GPL);
    IntStream.range(0, MAX_ENTRIES - OVERHEAD_ENTRIES - 1)
        .mapToObj("C%03d"::formatted)
        .forEach(
            name ->
                builder.add(
                    "example/nic/" + name + ".class", Classes.empty("example.nic." + name)));
    return Samples.signed(builder.build());
  }

  private static byte[] largest() {
    String line = "This file says in plain words how the card is driven, and then says it again.\n";
    String text = line.repeat(MAX_ENTRY_BYTES / line.length() + 1).substring(0, MAX_ENTRY_BYTES);
    return TestPackage.withSource(GPL).entry(SourceFiles.DIRECTORY + "notes.txt", text).signed();
  }

  private static byte[] emptyEntry() {
    return TestPackage.withSource(GPL).entry(SourceFiles.DIRECTORY + "empty.txt", "").signed();
  }

  private static List<Neighbour> names() {
    String directory = "example/nic/";
    String longest = "L".repeat(MAX_NAME_BYTES - directory.length() - ".class".length());
    return List.of(
        type(RuleId.P006_ENTRY_NAME, longest),
        type(RuleId.P006_ENTRY_NAME, "A$B_9"),
        type(RuleId.P007_DUPLICATE_NAME, "Plugin2"),
        // '$' comes before '.', so this one must stand in front of Plugin.class.
        type(RuleId.P008_ENTRY_ORDER, "Plugin$A"),
        type(RuleId.P009_FORBIDDEN_ENTRY, "java"));
  }

  private static Neighbour type(RuleId rule, String name) {
    return Neighbour.of(
        rule,
        "a class " + (name.length() > 20 ? "of " + name.length() + " letters" : name),
        TestPackage.under(GPL).type("example.nic." + name).signed());
  }

  private static List<Neighbour> manifest() {
    PluginManifest extreme =
        new PluginManifest(
            "x".repeat(64),
            "0.0.0",
            999_999_999,
            "example.nic.Plugin",
            IntStream.range(0, 32).mapToObj(i -> new DeviceId(0x8086, i)).toList(),
            Optional.of(GPL),
            Optional.of("https://example.com/" + "folded-".repeat(30) + ".tgz"),
            Optional.of("sha384:" + "0".repeat(96)),
            Optional.of("2029-11-20"));
    PluginManifest deep =
        new PluginManifest(
            "example.nic",
            "1.4.2",
            3,
            "example.nic.deep.Entry",
            Samples.manifest().deviceIds(),
            Optional.of(GPL),
            Optional.of(TestPackage.ADDRESS),
            Optional.of("sha384:" + "0".repeat(96)),
            Optional.of("2029-11-20"));
    byte[] elsewhere =
        Samples.signed(
            new PackageBuilder(deep)
                .addLicenceText(GPL)
                .add("example/nic/deep/Entry.class", Classes.empty("example.nic.deep.Entry"))
                .add("example/nic/deep/Ring.class", Classes.empty("example.nic.deep.Ring"))
                .build());
    byte[] limits = Samples.signed(Samples.builder(extreme).addLicenceText(GPL).build());
    return List.of(
        Neighbour.of(RuleId.P011_MANIFEST_SYNTAX, "lines that must be folded", limits),
        Neighbour.of(RuleId.P012_MANIFEST_ATTRIBUTE, "every attribute there is", Samples.signed()),
        Neighbour.of(RuleId.P013_MANIFEST_VALUE, "every value at its limit", limits),
        Neighbour.of(RuleId.P014_ENTRY_DIGEST, "a section for each of two classes", elsewhere),
        Neighbour.of(RuleId.P015_BINDING_MISMATCH, "another plugin, signed as that", limits),
        Neighbour.of(RuleId.P016_ENTRY_CLASS, "in a package below", elsewhere));
  }

  private static List<Neighbour> holder() throws GeneralSecurityException {
    return List.of(
        heldBy(RuleId.P018_FOREIGN_PACKAGE, List.of(0x8086), List.of("example.nic")),
        heldBy(RuleId.P019_FOREIGN_DEVICE, List.of(0x14e4, 0x8086), List.of("example")));
  }

  private static Neighbour heldBy(RuleId rule, List<Integer> vendors, List<String> packages)
      throws GeneralSecurityException {
    SigningKey key =
        OddKeys.used("odd", CertificateUse.origin(Holder.vendor("odd", vendors, packages)));
    return Neighbour.of(
            rule,
            "a holder of " + packages + " and " + vendors.size() + " vendor ids",
            PackageSigner.sign(Samples.unsigned(), key, Samples.NOW))
        .under(Trust.of(OddKeys.ANCHORS));
  }

  private static Neighbour good(RuleId rule, String name, ForgedArchive archive) {
    return Neighbour.of(rule, name, Samples.signed(archive.build()));
  }

  private static Neighbour good(RuleId rule, String name, ZipPatch zip) {
    return Neighbour.of(rule, name, Samples.signed(zip.bytes()));
  }
}
