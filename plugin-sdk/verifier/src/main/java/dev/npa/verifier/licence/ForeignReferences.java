// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.NamedTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The closed world, as licences see it: a class may name the plugin's classes, the SDK and the
/// Java platform, of which the licences are known. A shim that only forwards to something else,
/// shipped elsewhere under who knows what, is what this refuses.
///
/// Which of those classes may be *called* is for the bytecode gate.
final class ForeignReferences {

  private static final List<String> KNOWN = List.of("java/", "dev/npa/plugin/");

  private ForeignReferences() {}

  static void check(LicenceSubject subject, List<Refusal> refusals) {
    SortedSet<String> own = subject.classNames();
    for (String name : own) {
      Optional<Set<String>> named = NamedTypes.of(subject.entries().get(name + ".class"));
      if (named.isEmpty()) {
        refusals.add(
            new Refusal(
                RuleId.L011_FOREIGN_REFERENCE,
                new Location.Entry(name + ".class"),
                "what it names cannot be read",
                "compile it with the JDK's compiler"));
        continue;
      }
      SortedSet<String> foreign = new TreeSet<>(named.get());
      foreign.removeIf(type -> own.contains(type) || KNOWN.stream().anyMatch(type::startsWith));
      for (String type : foreign) {
        refusals.add(
            new Refusal(
                RuleId.L011_FOREIGN_REFERENCE,
                new Location.Entry(name + ".class"),
                "names " + type + ", which is neither in the package, nor the SDK, nor Java",
                "bring it along as a component, or do without"));
      }
    }
  }
}
