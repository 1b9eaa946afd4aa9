// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.Caps;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.tree.FieldNode;

/// Names are ASCII identifiers: no two byte strings of one name, no look-alikes, nothing that a log
/// or a file system reads otherwise.
final class NameCharacters implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B008_NAME_CHARACTERS;
  }

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern CLASS =
      Pattern.compile("(?:[A-Za-z_$][A-Za-z0-9_$]*/)+[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_$.-]+");

  @Override
  public void check(Subject subject, Refusals out) {
    Set<String> packages = new HashSet<>();
    for (PluginClass c : subject.plugin().classes()) {
      String source = c.node().sourceFile;
      require(CLASS, c.name(), c.here(), out);
      requirePackage(c, packages, out);
      require(SOURCE, source == null ? "none" : source, c.here(), out);
      for (FieldNode field : c.node().fields) {
        require(IDENTIFIER, field.name, c.at(field), out);
      }
      for (PluginMethod method : c.methods()) {
        boolean special = method.name().equals("<init>") || method.name().equals("<clinit>");
        require(IDENTIFIER, special ? "init" : method.name(), method.here(), out);
      }
    }
  }

  /// The region is a module, whose packages must not have a keyword in their names.
  private void requirePackage(PluginClass c, Set<String> known, Refusals out) {
    if (known.contains(c.packageName())) {
      return;
    }
    try {
      ModuleDescriptor.newModule("region").packages(Set.of(c.packageName().replace('/', '.')));
      known.add(c.packageName());
    } catch (IllegalArgumentException notJava) {
      out.add(
          id(), c.here(), "a package name that Java does not have", "use no keyword in the name");
    }
  }

  private void require(Pattern pattern, String name, Location where, Refusals out) {
    if (name.length() > Caps.NAME_CHARS || !pattern.matcher(name).matches()) {
      out.add(
          id(),
          where,
          "the name '" + name + "'",
          "use letters, digits, _ and $, at most 255 in all, and put classes in a package");
    }
  }
}
