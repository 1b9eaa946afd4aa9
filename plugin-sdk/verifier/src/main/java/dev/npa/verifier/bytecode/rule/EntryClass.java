// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.EntryPoints;
import dev.npa.verifier.bytecode.world.EntryPoints.EntryPoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/// The class the package names exists, is public, and has what the shell calls: a public
/// constructor without parameters and the nine methods, each with code of its own.
final class EntryClass implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B019_ENTRY_CLASS;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    String name = subject.plugin().entryName();
    if (name.isEmpty()) {
      out.add(
          id(),
          new Location.Package("classes"),
          "no class implements dev.npa.plugin.NpaPlugin",
          "implement it in one public final class");
      return;
    }
    if (!subject.plugin().owns(name)) {
      out.add(
          id(),
          new Location.Member(name, "", ""),
          "the package has no class of this name",
          "name the class that implements NpaPlugin");
    }
    subject.plugin().find(name).ifPresent(entry -> check(entry, out));
  }

  private void check(PluginClass entry, Refusals out) {
    if (!entry.is(Opcodes.ACC_PUBLIC)) {
      out.add(id(), entry.here(), "the entry class is not public", "declare it public");
    }
    List<String> missing =
        Stream.concat(EntryPoints.SET_UP.stream(), EntryPoints.DATA_PATH.stream())
            .filter(point -> !isPublic(entry, point))
            .map(point -> point.name() + point.descriptor())
            .toList();
    if (!missing.isEmpty()) {
      out.add(
          id(),
          entry.here(),
          "no public " + String.join(", ", missing),
          "implement all of NpaPlugin and give it a public constructor");
    }
  }

  private static boolean isPublic(PluginClass entry, EntryPoint point) {
    Optional<PluginMethod> method = entry.method(point.name(), point.descriptor());
    return method.isPresent() && method.get().is(Opcodes.ACC_PUBLIC) && !method.get().isStatic();
  }
}
