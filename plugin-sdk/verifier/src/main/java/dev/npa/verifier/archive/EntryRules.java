// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.archive.ZipReader.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which entries a package may have, by name, order and kind. There are four kinds: the manifest,
/// the JAR signature, classes, and texts below `META-INF/npa/`. Anything binary that is no class is
/// therefore out.
public final class EntryRules {

  private static final String CLASS = ".class";

  /// Packages of the platform and of this project's own modules.
  private static final List<String> RESERVED =
      List.of(
          "java/",
          "javax/",
          "jdk/",
          "sun/",
          "com/sun/",
          "dev/npa/plugin/",
          "dev/npa/shell/",
          "dev/npa/verifier/",
          "dev/npa/nic/",
          "dev/npa/hypervisor/");

  private final List<Refusal> refusals = new ArrayList<>();

  static List<Refusal> check(List<Entry> entries) {
    EntryRules rules = new EntryRules();
    if (!entries.getFirst().name().equals(PackageFormat.MANIFEST)) {
      rules.refuse(RuleId.P008_ENTRY_ORDER, entries.getFirst(), "the manifest is not first");
    }
    Set<String> folded = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (rules.hasGoodName(entry)) {
        rules.checkKind(entry);
      }
      if (!folded.add(entry.name().toLowerCase(Locale.ROOT))) {
        rules.refuse(RuleId.P007_DUPLICATE_NAME, entry, "an entry before it has this name");
      } else if (i > 1 && entries.get(i - 1).name().compareTo(entry.name()) > 0) {
        rules.refuse(RuleId.P008_ENTRY_ORDER, entry, "sorts before its predecessor");
      }
    }
    return rules.refusals;
  }

  public static boolean isClass(String name) {
    return name.endsWith(CLASS);
  }

  private boolean hasGoodName(Entry entry) {
    String name = entry.name();
    for (char c : name.toCharArray()) {
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "_$./-".indexOf(c) >= 0;
      if (!allowed) {
        refuse(RuleId.P006_ENTRY_NAME, entry, "characters other than A-Z a-z 0-9 _ $ . / -");
        return false;
      }
    }
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.startsWith(".") || segment.endsWith(".")) {
        refuse(RuleId.P006_ENTRY_NAME, entry, "an empty part, or one with a dot at its edge");
        return false;
      }
    }
    return true;
  }

  private void checkKind(Entry entry) {
    String name = entry.name();
    if (name.equals(PackageFormat.MANIFEST)
        || name.equals(PackageFormat.JAR_SIGNATURE_FILE)
        || name.equals(PackageFormat.JAR_SIGNATURE_BLOCK)) {
      return;
    }
    if (name.startsWith(PackageFormat.OWN) && !isClass(name)) {
      if (!isText(entry.content())) {
        refuse(RuleId.P009_FORBIDDEN_ENTRY, entry, "not plain text");
      }
      return;
    }
    if (!isClass(name) || name.regionMatches(true, 0, "META-INF", 0, 8)) {
      refuse(
          RuleId.P009_FORBIDDEN_ENTRY,
          entry,
          "neither a class nor a text below " + PackageFormat.OWN);
      return;
    }
    String type = name.substring(0, name.length() - CLASS.length());
    if (type.indexOf('.') >= 0 || type.indexOf('-') >= 0) {
      refuse(RuleId.P009_FORBIDDEN_ENTRY, entry, "not the name of an ordinary class");
    }
    if (RESERVED.stream().anyMatch(name::startsWith)) {
      refuse(RuleId.P009_FORBIDDEN_ENTRY, entry, "in a package that is not the vendor's");
    }
    byte[] content = entry.content();
    if (content.length < 4 || ByteBuffer.wrap(content).getInt() != 0xCAFEBABE) {
      refuse(RuleId.P009_FORBIDDEN_ENTRY, entry, "not a class file");
    }
  }

  /// UTF-8 without control characters other than tab, line feed, form feed, carriage return.
  private static boolean isText(byte[] content) {
    for (byte b : content) {
      boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\f' && b != '\r';
      if (control || b == 0x7f) {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void refuse(RuleId rule, Entry entry, String detail) {
    refusals.add(
        new Refusal(
            rule,
            new Location.Entry(Printable.text(entry.name())),
            detail,
            "leave it out, or build the package with this project's tool"));
  }
}
