// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.licence.GplFamily;
import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import dev.npa.verifier.stage.Undecided;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A package that its signer says is under the GPL, with the text of that licence and a place to
/// get the source from. Third link of the trust chain.
///
/// It is a signed claim and its consistency that is checked; no machine can check that the vendor
/// keeps it.
public final class LicensedPlugin {

  private static final Location LICENCE_ATTRIBUTE =
      new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.LICENCE);

  private final PluginArchive archive;
  private final Set<GplFamily> chosen;

  private LicensedPlugin(PluginArchive archive, Set<GplFamily> chosen) {
    this.archive = archive;
    this.chosen = chosen;
  }

  /// Checks licence expression, texts and source reference, and reports all that is wrong. Never
  /// throws, whatever the package.
  public static Verdict<LicensedPlugin> check(PluginArchive archive) {
    return Undecided.refuse(
        RuleId.L002_BAD_EXPRESSION,
        LICENCE_ATTRIBUTE,
        () -> {
          List<Refusal> refusals = new ArrayList<>();
          checkSource(archive, refusals);
          Optional<Set<GplFamily>> chosen = checkLicence(archive, refusals);
          return chosen.isPresent() && refusals.isEmpty()
              ? Verdict.accepted(new LicensedPlugin(archive, chosen.get()))
              : new Verdict.Refused<>(refusals);
        });
  }

  private static Optional<Set<GplFamily>> checkLicence(
      PluginArchive archive, List<Refusal> refusals) {
    Optional<String> text = archive.manifest().licence();
    if (text.isEmpty()) {
      refusals.add(
          new Refusal(
              RuleId.L001_LICENCE_MISSING,
              LICENCE_ATTRIBUTE,
              "is missing",
              "license the plugin under the GPL and say so"));
      return Optional.empty();
    }
    return switch (SpdxParser.parse(text.get(), LICENCE_ATTRIBUTE)) {
      case Verdict.Accepted<SpdxExpression>(SpdxExpression expression) ->
          checkBranches(archive, text.get(), expression, refusals);
      case Verdict.Refused<SpdxExpression>(List<Refusal> bad) -> {
        refusals.addAll(bad);
        yield Optional.empty();
      }
    };
  }

  private static Optional<Set<GplFamily>> checkBranches(
      PluginArchive archive, String text, SpdxExpression expression, List<Refusal> refusals) {
    checkStrayTexts(archive, expression, refusals);
    Optional<Set<GplFamily>> chosen = GplFamily.firstBranchOf(expression);
    if (chosen.isEmpty()) {
      refusals.add(
          new Refusal(
              RuleId.L003_NOT_GPL,
              LICENCE_ATTRIBUTE,
              "no choice in " + text + " is the GPL alone",
              "offer the plugin under GPL-2.0 or GPL-3.0, as one choice at least"));
    }
    chosen.ifPresent(family -> family.forEach(id -> checkText(archive, id, refusals)));
    return chosen;
  }

  private static void checkText(PluginArchive archive, GplFamily licence, List<Refusal> refusals) {
    String entry = PackageFormat.LICENCE_TEXTS + licence.id() + ".txt";
    if (!archive.entryNames().contains(entry)) {
      refusals.add(
          new Refusal(
              RuleId.L004_TEXT_MISSING,
              new Location.Entry(entry),
              "is missing",
              "add the licence text"));
    } else if (!LicenceTexts.isTextOf(licence, archive.bytes(entry))) {
      refusals.add(
          new Refusal(
              RuleId.L005_TEXT_DIFFERS,
              new Location.Entry(entry),
              "is not the text of " + licence.id(),
              "add the licence text unchanged"));
    }
  }

  /// A text that the expression does not name might restrict what the expression grants.
  private static void checkStrayTexts(
      PluginArchive archive, SpdxExpression expression, List<Refusal> refusals) {
    Set<String> named = new HashSet<>();
    for (Set<SpdxExpression.Licence> branch : expression.branches()) {
      for (SpdxExpression.Licence licence : branch) {
        named.add(PackageFormat.LICENCE_TEXTS + licence.id() + ".txt");
        licence.exception().ifPresent(e -> named.add(PackageFormat.LICENCE_TEXTS + e + ".txt"));
      }
    }
    for (String entry : archive.entryNames()) {
      if (entry.startsWith(PackageFormat.LICENCE_TEXTS) && !named.contains(entry)) {
        refusals.add(
            new Refusal(
                RuleId.L013_STRAY_TEXT,
                new Location.Entry(entry),
                "the licence expression does not name it",
                "leave it out, or name it"));
      }
    }
  }

  /// Either a file of the package or an https address. Whether the source is there, and builds to
  /// this package, is for a tool that may use the network.
  private static void checkSource(PluginArchive archive, List<Refusal> refusals) {
    String source = archive.manifest().source().orElse("");
    boolean inPackage = source.startsWith("META-INF/npa/") && archive.entryNames().contains(source);
    boolean address = source.matches("https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?/[!-~]*");
    if (!inPackage && !address) {
      refusals.add(
          new Refusal(
              RuleId.L008_NO_SOURCE,
              new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.SOURCE),
              source.isEmpty() ? "is missing" : "is " + source,
              "name an https address, or an entry below META-INF/npa/"));
    }
  }

  public PluginArchive archive() {
    return archive;
  }

  /// The SPDX ids under which the plugin is taken: the first GPL branch of its expression.
  public List<String> licences() {
    return chosen.stream().map(GplFamily::id).toList();
  }
}
