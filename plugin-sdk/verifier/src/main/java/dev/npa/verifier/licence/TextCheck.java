// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.licence.LicenceReport.Choice;
import dev.npa.verifier.licence.LicenceReport.PartAnswer;
import dev.npa.verifier.licence.SpdxExpression.Licence;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.licence.sbom.Component;
import dev.npa.verifier.licence.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Whether the licence texts lie in the package, all of them, unchanged, and no others: a text that
/// nobody names, or one with a sentence more, could take back what the licence gives.
final class TextCheck {

  private final LicenceSubject subject;
  private final List<Refusal> refusals;

  private TextCheck(LicenceSubject subject, List<Refusal> refusals) {
    this.subject = subject;
    this.refusals = refusals;
  }

  static void run(
      LicenceSubject subject,
      SpdxExpression expression,
      Optional<Choice> chosen,
      List<PartAnswer> answers,
      List<Component> parts,
      List<Refusal> refusals) {
    Set<String> needed = new TreeSet<>();
    chosen.ifPresent(choice -> choice.licences().forEach(l -> addTo(needed, l)));
    for (PartAnswer answer : answers) {
      answer.fits().stream()
          .filter(Whole.Fit::allowed)
          .findFirst()
          .ifPresent(fit -> fit.chosen().forEach(l -> addTo(needed, l)));
    }
    Set<String> named = new TreeSet<>();
    expression.branches().forEach(b -> b.forEach(l -> addTo(named, l)));
    parts.forEach(p -> p.expression().branches().forEach(b -> b.forEach(l -> addTo(named, l))));
    TextCheck check = new TextCheck(subject, refusals);
    needed.forEach(check::requireText);
    check.checkOthers(needed, named);
  }

  private static void addTo(Set<String> ids, Licence licence) {
    ids.add(licence.id());
    licence.exception().ifPresent(ids::add);
  }

  private void requireText(String id) {
    byte[] text = subject.entries().get(entry(id));
    if (text == null) {
      refuse(RuleId.L004_TEXT_MISSING, entry(id), "is missing", "add the licence text");
    } else {
      checkText(id, text);
    }
  }

  private void checkText(String id, byte[] text) {
    if (!LicenceTexts.isTextOf(id, text)) {
      refuse(
          RuleId.L005_TEXT_DIFFERS,
          entry(id),
          "is not the text of " + id + difference(id, text),
          "add the licence text unchanged");
    }
  }

  private static String difference(String id, byte[] text) {
    if (!LicenceTexts.isKnown(id)) {
      return ", of which no text is known here";
    }
    return LicenceTexts.identify(text)
        .map(other -> " but of " + other)
        .or(
            () ->
                LicenceTexts.begins(new String(text, StandardCharsets.UTF_8))
                    .map(begun -> ": it is that of " + begun + " and goes on"))
        .orElse("");
  }

  private void checkOthers(Set<String> needed, Set<String> named) {
    for (String entry : subject.entries().keySet()) {
      if (!entry.startsWith(PackageFormat.LICENCE_TEXTS)) {
        checkPlace(entry);
        continue;
      }
      Optional<String> id = named.stream().filter(i -> entry(i).equals(entry)).findFirst();
      if (id.isEmpty()) {
        refuse(
            RuleId.L013_STRAY_TEXT,
            entry,
            "neither the plugin's licence nor a part's names it",
            "leave it out, or name it");
      } else if (!needed.contains(id.get())) {
        checkText(id.get(), subject.entries().get(entry));
      }
    }
  }

  /// Beside the licence texts, a package's own directory holds the bill and the source alone.
  private void checkPlace(String entry) {
    if (entry.startsWith(PackageFormat.OWN)
        && !entry.startsWith(SourceFiles.DIRECTORY)
        && !entry.equals(BillOfMaterials.ENTRY)) {
      refuse(
          RuleId.L013_STRAY_TEXT,
          entry,
          "is none of the files that a package has there",
          "leave it out; what belongs to the source goes below " + SourceFiles.DIRECTORY);
    }
  }

  private static String entry(String id) {
    return PackageFormat.LICENCE_TEXTS + id + ".txt";
  }

  private void refuse(RuleId rule, String entry, String detail, String remedy) {
    refusals.add(new Refusal(rule, new Location.Entry(entry), detail, remedy));
  }
}
