// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.licence.LicenceCheck;
import dev.npa.verifier.licence.LicencePolicy;
import dev.npa.verifier.licence.LicenceReport;
import dev.npa.verifier.licence.LicenceSubject;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.stage.Undecided;
import java.util.List;

/// A package of which every class is under a licence that goes with a GPL driver, as its signer
/// says, with the texts of those licences and the source, or an offer of it. Third link of the
/// trust chain.
///
/// [LicenceCheck] has the rules.
public final class LicensedPlugin {

  private final PluginArchive archive;
  private final LicenceReport report;

  private LicensedPlugin(PluginArchive archive, LicenceReport report) {
    this.archive = archive;
    this.report = report;
  }

  /// Checks under {@link LicencePolicy#GPL}. Never throws, whatever the package.
  public static Verdict<LicensedPlugin> check(PluginArchive archive) {
    return check(archive, LicencePolicy.GPL);
  }

  /// Checks licences, bill of materials, texts and source, and reports all that is wrong. Never
  /// throws, whatever the package.
  public static Verdict<LicensedPlugin> check(PluginArchive archive, LicencePolicy policy) {
    return Undecided.refuse(
        RuleId.L002_BAD_EXPRESSION,
        new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.LICENCE),
        () -> {
          LicenceReport report =
              LicenceCheck.of(
                  LicenceSubject.of(
                      archive.manifest(),
                      archive.entries(),
                      archive.signed().signingTime(),
                      archive.signed().checkedAt()),
                  policy);
          return report.refusals().isEmpty()
              ? Verdict.accepted(new LicensedPlugin(archive, report))
              : new Verdict.Refused<>(report.refusals());
        });
  }

  public PluginArchive archive() {
    return archive;
  }

  /// What was chosen and why, part by part.
  public LicenceReport report() {
    return report;
  }

  /// The SPDX ids under which the plugin is taken.
  public List<String> licences() {
    return report.chosen().stream()
        .flatMap(choice -> choice.licences().stream())
        .map(SpdxExpression.Licence::toString)
        .toList();
  }
}
