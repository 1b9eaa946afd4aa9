// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Printable;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a JAR manifest in the one form that the builder writes: CR LF, 72-byte lines folded only
/// when full, printable ASCII, known attributes once each.
///
/// @param main the main attributes
/// @param digests entry name to Base64 digest, as written
record ManifestParser(Map<String, String> main, Map<String, String> digests) {

  /// Every main attribute that a manifest may have, in the order it must have them.
  private static final List<String> MAIN_ATTRIBUTES =
      List.of(
          "Manifest-Version",
          PackageFormat.PLUGIN_ID,
          PackageFormat.PLUGIN_VERSION,
          PackageFormat.GENERATION,
          PackageFormat.PLUGIN_CLASS,
          PackageFormat.API_VERSION,
          PackageFormat.DEVICE_IDS,
          PackageFormat.LICENCE,
          PackageFormat.SOURCE,
          PackageFormat.SOURCE_DIGEST,
          PackageFormat.SOURCE_OFFER_UNTIL,
          PackageFormat.SIGNATURE);

  private static final int LINE = 72;
  private static final Location WHERE = new Location.Entry(PackageFormat.MANIFEST);

  private record Attribute(String name, String value) {}

  static ManifestParser parse(byte[] bytes) throws RuleBroken {
    List<List<Attribute>> sections = sections(new String(bytes, StandardCharsets.ISO_8859_1));
    return new ManifestParser(main(sections.getFirst()), digests(sections));
  }

  private static Map<String, String> main(List<Attribute> section) throws RuleBroken {
    if (!section.getFirst().equals(new Attribute("Manifest-Version", "1.0"))) {
      throw syntax("does not begin with Manifest-Version: 1.0");
    }
    Map<String, String> main = new LinkedHashMap<>();
    int last = -1;
    for (Attribute attribute : section) {
      String name = attribute.name();
      if (!MAIN_ATTRIBUTES.contains(name)) {
        throw attribute(RuleId.P012_MANIFEST_ATTRIBUTE, name, "not an attribute of this format");
      }
      if (main.put(name, attribute.value()) != null) {
        throw attribute(ruleFor(name, RuleId.P012_MANIFEST_ATTRIBUTE), name, "repeated");
      }
      if (MAIN_ATTRIBUTES.indexOf(name) < last) {
        throw syntax("the main attributes are not in canonical order");
      }
      last = MAIN_ATTRIBUTES.indexOf(name);
    }
    return main;
  }

  private static Map<String, String> digests(List<List<Attribute>> sections) throws RuleBroken {
    Map<String, String> digests = new LinkedHashMap<>();
    for (List<Attribute> section : sections.subList(1, sections.size())) {
      Attribute first = section.getFirst();
      if (section.size() != 2
          || !first.name().equals("Name")
          || !section.get(1).name().equals(PackageFormat.ENTRY_DIGEST)) {
        throw syntax("a section is not Name and " + PackageFormat.ENTRY_DIGEST);
      }
      if (digests.put(first.value(), section.get(1).value()) != null) {
        throw attribute(RuleId.P012_MANIFEST_ATTRIBUTE, first.value(), "a second section");
      }
    }
    return digests;
  }

  private static List<List<Attribute>> sections(String text) throws RuleBroken {
    if (!text.endsWith("\r\n\r\n")) {
      throw syntax("does not end in an empty line");
    }
    String[] lines = text.substring(0, text.length() - 2).split("\r\n", -1);
    List<List<Attribute>> sections = new ArrayList<>();
    List<Attribute> section = new ArrayList<>();
    int i = 0;
    while (i < lines.length) {
      if (lines[i].isEmpty()) {
        if (section.isEmpty()) {
          throw syntax("an empty line too many");
        }
        sections.add(section);
        section = new ArrayList<>();
        i++;
        continue;
      }
      StringBuilder logical = new StringBuilder(requireLine(lines[i]));
      while (i + 1 < lines.length && lines[i + 1].startsWith(" ")) {
        if (lines[i].length() != LINE || lines[i + 1].length() == 1) {
          throw syntax("a line folded without need");
        }
        logical.append(requireLine(lines[++i]), 1, lines[i].length());
      }
      section.add(attribute(logical.toString()));
      i++;
    }
    return sections;
  }

  private static String requireLine(String line) throws RuleBroken {
    if (line.length() > LINE) {
      throw syntax("a line of more than " + LINE + " bytes");
    }
    return line;
  }

  private static Attribute attribute(String line) throws RuleBroken {
    int colon = line.indexOf(": ");
    String name = colon < 0 ? "" : line.substring(0, colon);
    if (!name.matches("[A-Za-z0-9-]{1,70}")) {
      throw syntax("a line that is no attribute");
    }
    String value = line.substring(colon + 2);
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw attribute(
            ruleFor(name, RuleId.P011_MANIFEST_SYNTAX),
            name,
            "character 0x" + Integer.toHexString(value.charAt(i)) + " at " + (i + 1));
      }
    }
    if (value.isBlank() || !value.equals(value.strip())) {
      throw attribute(ruleFor(name, RuleId.P011_MANIFEST_SYNTAX), name, "blank at its edge");
    }
    return new Attribute(name, value);
  }

  /// A licence that says one thing to some readers and another to others is a licence matter.
  private static RuleId ruleFor(String name, RuleId other) {
    return name.equals(PackageFormat.LICENCE) ? RuleId.L002_BAD_EXPRESSION : other;
  }

  private static RuleBroken attribute(RuleId rule, String name, String detail) {
    return new RuleBroken(
        rule,
        new Location.Entry(PackageFormat.MANIFEST + " " + Printable.text(name)),
        detail,
        "build the package with this project's tool");
  }

  private static RuleBroken syntax(String detail) {
    return new RuleBroken(
        RuleId.P011_MANIFEST_SYNTAX, WHERE, detail, "build the package with this project's tool");
  }
}
