// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.L002_BAD_EXPRESSION;
import static dev.npa.verifier.RuleId.P011_MANIFEST_SYNTAX;
import static dev.npa.verifier.RuleId.P012_MANIFEST_ATTRIBUTE;
import static dev.npa.verifier.RuleId.P013_MANIFEST_VALUE;
import static dev.npa.verifier.RuleId.P014_ENTRY_DIGEST;
import static dev.npa.verifier.RuleId.P015_BINDING_MISMATCH;
import static dev.npa.verifier.RuleId.P016_ENTRY_CLASS;

import dev.npa.verifier.PluginBinding.Role;
import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.ForgedCms;
import dev.npa.verifier.packaging.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What a vendor with a good key can write into the manifest.
final class ManifestAttacks {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private ManifestAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(syntax(), attributes(), values(), digests(), bindings()).flatMap(List::stream);
  }

  private static List<Attack> syntax() {
    return List.of(
        forged("no manifest", P011_MANIFEST_SYNTAX, forge().manifestAt(-1)),
        text("empty", P011_MANIFEST_SYNTAX, t -> ""),
        text("Unix lines", P011_MANIFEST_SYNTAX, t -> t.replace("\r\n", "\n")),
        text("a lone CR", P011_MANIFEST_SYNTAX, t -> t.replace("1.4.2", "1.4.2\rX")),
        text("a lone LF", P011_MANIFEST_SYNTAX, t -> t.replace("1.4.2", "1.4.2\nX: y")),
        text("a NUL", P011_MANIFEST_SYNTAX, t -> t.replace("1.4.2", "1.4.2\0")),
        text("Latin-1", P011_MANIFEST_SYNTAX, t -> t.replace("1.4.2", "1.4.\u00b2")),
        text("no last empty line", P011_MANIFEST_SYNTAX, t -> t.substring(0, t.length() - 2)),
        text("a third empty line", P011_MANIFEST_SYNTAX, t -> t + "\r\n"),
        text("an empty first line", P011_MANIFEST_SYNTAX, t -> "\r\n" + t),
        text("no version", P011_MANIFEST_SYNTAX, t -> t.substring(t.indexOf('\n') + 1)),
        text("another version", P011_MANIFEST_SYNTAX, t -> t.replace(": 1.0\r", ": 2.0\r")),
        text("no colon", P011_MANIFEST_SYNTAX, t -> t.replace("Version: 1.4.2", "Version 1.4.2")),
        text("no space", P011_MANIFEST_SYNTAX, t -> t.replace("Version: 1.4.2", "Version:1.4.2")),
        text("no value", P011_MANIFEST_SYNTAX, t -> t.replace("Version: 1.4.2", "Version: ")),
        text("space at the edge", P011_MANIFEST_SYNTAX, t -> t.replace("1.4.2", "1.4.2 ")),
        text("folded early", P011_MANIFEST_SYNTAX, t -> t.replace("1.4.2", "1.4\r\n .2")),
        text("folded to nothing", P011_MANIFEST_SYNTAX, t -> t.replaceFirst("\r\n ", "\r\n \r\n ")),
        text("unfolded", P011_MANIFEST_SYNTAX, t -> t.replace("\r\n ", "")),
        text("a first line folded", P011_MANIFEST_SYNTAX, t -> " " + t),
        text("another order", P011_MANIFEST_SYNTAX, ManifestAttacks::swapped),
        text("a section of three", P011_MANIFEST_SYNTAX, t -> endWith(t, "X: y\r\n\r\n")),
        text("a section of one", P011_MANIFEST_SYNTAX, t -> t + "Name: zz/A.class\r\n\r\n"));
  }

  private static List<Attack> attributes() {
    List<Attack> attacks = new ArrayList<>();
    for (String name :
        List.of(
            "Class-Path",
            "Multi-Release",
            "Main-Class",
            "Premain-Class",
            "Agent-Class",
            "Launcher-Agent-Class",
            "Add-Opens",
            "Add-Exports",
            "Enable-Native-Access",
            "Automatic-Module-Name",
            "Created-By",
            "npa-plugin-id")) {
      attacks.add(forged(name, P012_MANIFEST_ATTRIBUTE, MANIFEST, forge().attribute(name, "true")));
    }
    String version = "NPA-Plugin-Version: 1.4.2\r\n";
    attacks.add(
        text("repeated", P012_MANIFEST_ATTRIBUTE, t -> t.replace(version, version + version)));
    attacks.add(text("section repeated", P012_MANIFEST_ATTRIBUTE, t -> t + lastSection(t)));
    String licence = "SPDX-License-Identifier: GPL-2.0-only\r\n";
    attacks.add(
        text("licence repeated", L002_BAD_EXPRESSION, t -> t.replace(licence, licence + licence)));
    // Linuxant's trick of 2004: what reads C strings sees the GPL.
    attacks.add(
        text(
            "licence with NUL",
            L002_BAD_EXPRESSION,
            t -> t.replace("2.0-only\r\n", "2.0-only\0 for files in \"GPL\"\r\n")));
    return attacks;
  }

  private static List<Attack> values() {
    List<Attack> attacks = new ArrayList<>();
    value(attacks, PackageFormat.PLUGIN_ID, "Example.nic", "example..nic", "-nic", "x".repeat(65));
    value(attacks, PackageFormat.PLUGIN_VERSION, "1.4", "1.4.2.1", "01.4.2", "1.4.2-rc1", "1.4.x");
    value(attacks, PackageFormat.GENERATION, "0", "-1", "03", "1000000000", "3.0");
    value(attacks, PackageFormat.API_VERSION, "0", "2", "1.0");
    value(
        attacks,
        PackageFormat.DEVICE_IDS,
        "8086:10CA",
        "8086:10ca, 8086:152d",
        "8086:152d,8086:10ca",
        "8086:10ca,8086:10ca",
        "8086",
        "80861:0ca",
        manyDevices());
    value(attacks, PackageFormat.SIGNATURE, "v1; origin=ML-DSA-65+EC-P384", "v2; origin=EC-P384");
    for (String name :
        List.of(
            PackageFormat.PLUGIN_ID,
            PackageFormat.PLUGIN_VERSION,
            PackageFormat.GENERATION,
            PackageFormat.API_VERSION,
            PackageFormat.DEVICE_IDS,
            PackageFormat.SIGNATURE)) {
      attacks.add(
          forged("no " + name, P013_MANIFEST_VALUE, MANIFEST + " " + name, forge().without(name)));
    }
    String entryClass = PackageFormat.PLUGIN_CLASS;
    attacks.add(
        forged(
            "entry class elsewhere",
            P016_ENTRY_CLASS,
            MANIFEST + " " + entryClass,
            forge().attribute(entryClass, "example.nic.Other")));
    return attacks;
  }

  private static List<Attack> digests() {
    byte[] extra = Samples.CLASS;
    return List.of(
        forged(
            "unlisted class",
            P014_ENTRY_DIGEST,
            "zz/Extra.class",
            forge().unlistedFromHere("zz/Extra.class", extra)),
        text(
            "listed and absent",
            P014_ENTRY_DIGEST,
            t -> t + lastSection(t).replace("Plugin.class", "Absent.class")),
        text("sections in another order", P014_ENTRY_DIGEST, ManifestAttacks::sectionsSwapped),
        text(
            "another digest",
            P014_ENTRY_DIGEST,
            t -> t.substring(0, t.length() - 9) + "AAAAA" + t.substring(t.length() - 4)),
        text(
            "no Base64",
            P014_ENTRY_DIGEST,
            t -> t.substring(0, t.length() - 9) + "!!!!!" + t.substring(t.length() - 4)));
  }

  private static List<Attack> bindings() {
    return List.of(
        bound("another id", binding("other.nic", "1.4.2", 3)),
        bound("another version", binding("example.nic", "1.4.1", 3)),
        bound("older generation", binding("example.nic", "1.4.2", 2)),
        bound("id with control", binding("example.nic\n", "1.4.2", 3)));
  }

  private static PluginBinding binding(String id, String version, int generation) {
    return new PluginBinding(id, version, generation, Role.ORIGIN, Optional.empty());
  }

  private static Attack bound(String name, PluginBinding binding) {
    byte[] bytes = new ForgedCms(Samples.PKI.vendorKey()).signers(binding).sign(Samples.unsigned());
    return Attack.of(name, P015_BINDING_MISMATCH, MANIFEST, bytes);
  }

  private static void value(List<Attack> attacks, String name, String... values) {
    for (String value : values) {
      attacks.add(
          forged(
              name + " " + value,
              P013_MANIFEST_VALUE,
              MANIFEST + " " + name,
              forge().attribute(name, value)));
    }
  }

  private static String manyDevices() {
    StringBuilder ids = new StringBuilder("8086:0000");
    for (int i = 1; i <= 32; i++) {
      ids.append(String.format(",8086:%04x", i));
    }
    return ids.toString();
  }

  private static String lastSection(String text) {
    return text.substring(text.lastIndexOf("Name: "));
  }

  private static String swapped(String text) {
    String version = "NPA-Plugin-Version: 1.4.2\r\n";
    return text.replace(version, "").replace("NPA-Plugin-Id", version + "NPA-Plugin-Id");
  }

  private static String sectionsSwapped(String text) {
    int first = text.indexOf("Name: ");
    int second = text.indexOf("Name: ", first + 1);
    return text.substring(0, first) + text.substring(second) + text.substring(first, second);
  }

  private static String endWith(String text, String more) {
    return text.substring(0, text.length() - 2) + more;
  }

  private static ForgedArchive forge() {
    return new ForgedArchive();
  }

  private static Attack text(String name, RuleId rule, UnaryOperator<String> change) {
    return forged(name, rule, "", forge().manifestText(change));
  }

  private static Attack forged(String name, RuleId rule, ForgedArchive archive) {
    return forged(name, rule, "", archive);
  }

  private static Attack forged(String name, RuleId rule, String place, ForgedArchive archive) {
    return Attack.signed(name, rule, place, archive.build());
  }
}
