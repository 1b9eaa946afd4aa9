// SPDX-License-Identifier: MIT
package dev.npa.cli;

import dev.npa.cli.bench.BenchVerb;
import dev.npa.cli.check.CheckVerb;
import dev.npa.cli.check.ExplainVerb;
import dev.npa.cli.contain.ContainVerb;
import dev.npa.cli.demo.DemoVerb;
import dev.npa.cli.keys.KeysVerbs;
import dev.npa.cli.licence.LicenceVerbs;
import dev.npa.cli.packages.BuildVerb;
import dev.npa.cli.packages.CountersignVerb;
import dev.npa.cli.packages.DiffVerb;
import dev.npa.cli.packages.InspectVerb;
import dev.npa.cli.packages.SignVerb;
import dev.npa.cli.packages.VerifyVerb;
import dev.npa.cli.setup.CompletionVerb;
import dev.npa.cli.setup.DoctorVerb;
import dev.npa.cli.setup.NewVerb;
import dev.npa.cli.source.SourceVerbs;
import dev.npa.cli.trust.BundleVerbs;
import dev.npa.cli.trust.TrustVerbs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The verbs by name. One is made only when the command line may need it: most of the time that a
/// short verb takes would else go into describing the others.
final class VerbTable {
  /// In the order of the help text.
  static final VerbTable PRODUCT =
      new VerbTable(
          List.of(
              new Entry("keys", KeysVerbs::all),
              new Entry("build", BuildVerb::new),
              new Entry("sign", SignVerb::new),
              new Entry("countersign", CountersignVerb::new),
              new Entry("verify", VerifyVerb::new),
              new Entry("inspect", InspectVerb::new),
              new Entry("diff", DiffVerb::new),
              new Entry("trust", TrustVerbs::all),
              new Entry("bundle", BundleVerbs::all),
              new Entry("new", NewVerb::new),
              new Entry("doctor", () -> new DoctorVerb(() -> SandboxFlags.ofThisJvm().faults())),
              new Entry("completion", () -> new CompletionVerb(Npa::whole)),
              new Entry("demo", DemoVerb::new),
              new Entry("bench", BenchVerb::new),
              new Entry("check", CheckVerb::new),
              new Entry("explain", ExplainVerb::new),
              new Entry("licence", LicenceVerbs::group),
              new Entry("source", SourceVerbs::group),
              new Entry("contain", ContainVerb::new),
              new Entry("sandbox", SandboxVerb::new),
              new Entry("version", VersionVerb::new)));

  /// @param name that of the verb's own [Verb#spec]
  record Entry(String name, Supplier<Verb> verb) {}

  private final Map<String, Supplier<Verb>> entries = new LinkedHashMap<>();

  VerbTable(List<Entry> entries) {
    entries.forEach(entry -> this.entries.put(entry.name(), entry.verb()));
  }

  /// The one verb that the arguments name, or all of them if they name none.
  Map<String, Verb> neededFor(String... args) {
    for (String arg : args) {
      Supplier<Verb> named = entries.get(arg);
      if (named != null) {
        return Map.of(arg, named.get());
      }
      if (!arg.startsWith("-")) {
        break; // a mistyped verb: the parser knows what it is like
      }
    }
    return all();
  }

  /// Makes every verb, in order.
  Map<String, Verb> all() {
    Map<String, Verb> made = new LinkedHashMap<>();
    entries.forEach((name, verb) -> made.put(name, verb.get()));
    return made;
  }
}
