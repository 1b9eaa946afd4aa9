// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/// From bytes to [Plugin]: the strict reader under the caps, then ASM and `java.lang.classfile` on
/// the stripped bytes, then the comparison of the two.
///
/// A class that fails here is left out of the plugin, so that the rules see the others.
public final class ClassReading {
  private static final int OLDEST = 61;
  private static final int NEWEST = 69;
  static final String SHIP = "compile with javac --release 17 to 25 and ship its output";

  private final Refusals out;

  /// Whether this is not for a verdict: then classes of refused versions are read on, and the
  /// parsers are not compared.
  private final boolean survey;

  private long codeBytes;

  private final Caps.Author author;

  private ClassReading(Refusals out, boolean survey, Caps.Author author) {
    this.out = out;
    this.survey = survey;
    this.author = author;
  }

  /// Every class that can be read, however many there are: for somebody who wants to know all that
  /// is wrong with them. Refuses for the caps all the same.
  public static Plugin survey(SortedMap<String, byte[]> classes, String entryName, Refusals out) {
    isWithinCaps(classes, Caps.Author.VENDOR, out);
    return new ClassReading(out, true, Caps.Author.VENDOR).readAll(classes, entryName);
  }

  /// Reads a vendor's classes.
  public static Plugin read(SortedMap<String, byte[]> classes, String entryName, Refusals out) {
    return read(classes, entryName, Caps.Author.VENDOR, out);
  }

  /// Reads what the rewriter wrote, which may be larger by what metering adds.
  public static Plugin readWritten(
      SortedMap<String, byte[]> classes, String entryName, Refusals out) {
    return read(classes, entryName, Caps.Author.REWRITER, out);
  }

  private static Plugin read(
      SortedMap<String, byte[]> classes, String entryName, Caps.Author author, Refusals out) {
    return isWithinCaps(classes, author, out)
        ? new ClassReading(out, false, author).readAll(classes, entryName)
        : new Plugin(entryName, classes.keySet(), new TreeMap<>());
  }

  private static boolean isWithinCaps(
      SortedMap<String, byte[]> classes, Caps.Author author, Refusals out) {
    if (classes.size() > Caps.CLASSES) {
      out.add(
          RuleId.B002_TOO_LARGE,
          new Location.Package("classes"),
          classes.size() + " classes > " + Caps.CLASSES,
          "merge helper classes");
      return false;
    }
    long total = classes.values().stream().mapToLong(content -> content.length).sum();
    if (total > author.pluginBytes()) {
      out.add(
          RuleId.B002_TOO_LARGE,
          new Location.Package("classes"),
          total + " bytes in all classes > " + author.pluginBytes(),
          "leave out debug information and classes that are not used");
      return false;
    }
    return true;
  }

  private Plugin readAll(SortedMap<String, byte[]> classes, String entryName) {
    SortedMap<String, PluginClass> read = new TreeMap<>();
    classes.forEach((key, bytes) -> one(key, bytes).ifPresent(c -> read.put(key, c)));
    return new Plugin(entryName, classes.keySet(), read);
  }

  @SuppressWarnings("ShortCircuitBoolean") // every refusal is collected
  private Optional<PluginClass> one(String key, byte[] bytes) {
    Location where = new Location.Member(key, "", "");
    try {
      RawClass raw = StrictReader.read(bytes, author);
      codeBytes += raw.codeBytes();
      if (!survey && codeBytes > author.pluginCodeBytes()) {
        throw Malformed.over("code bytes in all classes", codeBytes, author.pluginCodeBytes());
      }
      return knownVersion(where, raw) & knownConstants(where, raw)
          ? parse(key, where, raw)
          : Optional.empty();
    } catch (Malformed malformed) {
      out.add(malformed.cause(), malformed.rule(), where, malformed.getMessage(), SHIP);
      return Optional.empty();
    }
  }

  private boolean knownVersion(Location where, RawClass raw) {
    if (raw.minor() == 0 && raw.major() >= OLDEST && raw.major() <= NEWEST) {
      return true;
    }
    out.add(
        RuleId.B003_CLASS_VERSION,
        where,
        "class-file version " + raw.major() + "." + raw.minor() + ", known are 61.0 to 69.0",
        "compile with javac --release 17 to 25, without preview features");
    return survey && raw.major() < OLDEST;
  }

  private boolean knownConstants(Location where, RawClass raw) {
    boolean known = true;
    List<ConstantPool.Entry> entries = raw.pool().entries();
    for (int i = 0; i < entries.size(); i++) {
      int tag = entries.get(i).tag();
      if (tag >= ConstantPool.METHOD_HANDLE) {
        known = false;
        // One lambda makes constants of three kinds.
        out.add(
            RuleId.B006_CONSTANT_KIND.id(),
            RuleId.B006_CONSTANT_KIND,
            RunTimeLinkage.place(raw).orElse(where),
            "constant " + i + " is of kind " + kind(tag),
            "use no lambda, method reference, string concatenation, record, enum or pattern"
                + " switch");
      }
    }
    return known;
  }

  private static String kind(int tag) {
    return switch (tag) {
      case ConstantPool.METHOD_HANDLE -> "MethodHandle";
      case ConstantPool.METHOD_TYPE -> "MethodType";
      case ConstantPool.DYNAMIC -> "Dynamic";
      case ConstantPool.INVOKE_DYNAMIC -> "InvokeDynamic";
      case ConstantPool.MODULE -> "Module";
      default -> "Package";
    };
  }

  /// Both parsers throw whatever they like on bad input, index and cast errors included, so any
  /// throwable of theirs is an answer here: no.
  private Optional<PluginClass> parse(String key, Location where, RawClass raw) {
    try {
      ClassNode node = new ClassNode();
      new ClassReader(raw.stripped()).accept(node, ClassReader.SKIP_FRAMES);
      ClassModel model = ClassFile.of().parse(raw.stripped());
      PluginClass read = new PluginClass(key, raw, node, model);
      if (survey || ParserComparison.agree(where, AsmForm.of(read), JdkForm.of(model), out)) {
        return Optional.of(read);
      }
    } catch (Throwable unreadable) {
      out.add(
          RuleId.B001_UNREADABLE_CLASS,
          where,
          "a parser stopped with " + unreadable.getClass().getName(),
          SHIP);
    }
    return Optional.empty();
  }
}
