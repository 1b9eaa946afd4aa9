// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceReport.Choice;
import dev.npa.verifier.licence.LicenceReport.PartAnswer;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.licence.sbom.BillReader;
import dev.npa.verifier.licence.sbom.Component;
import dev.npa.verifier.licence.source.SourceCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that the gate asks about licences, of one package.
///
/// It is a signed claim and its consistency that is checked; no machine can check that the vendor
/// keeps it. Runs alike in the vendor's tools, the hypervisor and the shell.
public final class LicenceCheck {

  private static final Location LICENCE =
      new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.LICENCE);

  private final LicenceSubject subject;
  private final LicencePolicy policy;
  private final List<Refusal> refusals = new ArrayList<>();

  private LicenceCheck(LicenceSubject subject, LicencePolicy policy) {
    this.subject = subject;
    this.policy = policy;
  }

  /// Collects all that is wrong.
  public static LicenceReport of(LicenceSubject subject, LicencePolicy policy) {
    return new LicenceCheck(subject, policy).run();
  }

  private LicenceReport run() {
    Optional<SpdxExpression> expression = expression();
    Optional<BillOfMaterials> bill = bill();
    List<Component> parts = bill.map(BillOfMaterials::parts).orElse(List.of());
    List<Choice> choices = expression.map(e -> choices(e, parts)).orElse(List.of());
    Optional<Choice> chosen = choose(choices);
    if (expression.isPresent() && chosen.isEmpty()) {
      refuseChoices(expression.get());
    }
    List<PartAnswer> answers = chosen.map(choice -> answers(choice, parts)).orElse(List.of());
    chosen.ifPresent(choice -> refuseParts(choice, answers));
    expression.ifPresent(e -> TextCheck.run(subject, e, chosen, answers, parts, refusals));
    SortedMap<String, Component> owners =
        bill.map(this::owners).orElseGet(Collections::emptySortedMap);
    ForeignReferences.check(subject, refusals);
    SourceCheck.check(subject, owners, chosen, refusals);
    OpaqueContent.check(subject, refusals);
    return new LicenceReport(choices, chosen, answers, owners, refusals);
  }

  private Optional<SpdxExpression> expression() {
    Optional<String> text = subject.manifest().licence();
    if (text.isEmpty()) {
      refuse(
          RuleId.L001_LICENCE_MISSING,
          LICENCE,
          "is missing",
          "license the plugin under the GPL and say so");
      return Optional.empty();
    }
    return accepted(SpdxParser.parse(text.get(), LICENCE));
  }

  private Optional<BillOfMaterials> bill() {
    byte[] json = subject.entries().get(BillOfMaterials.ENTRY);
    if (json == null) {
      refuse(
          RuleId.L015_BILL_UNREADABLE,
          new Location.Entry(BillOfMaterials.ENTRY),
          "is missing",
          "build the package with this project's tool");
      return Optional.empty();
    }
    return accepted(BillReader.read(json, BillOfMaterials.ENTRY));
  }

  private <T> Optional<T> accepted(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Accepted<T>(T value) -> Optional.of(value);
      case Verdict.Refused<T>(List<Refusal> bad) -> {
        refusals.addAll(bad);
        yield Optional.empty();
      }
    };
  }

  private List<Choice> choices(SpdxExpression expression, List<Component> parts) {
    List<Choice> choices = new ArrayList<>();
    for (Set<SpdxExpression.Licence> branch : expression.branches()) {
      List<Whole> wholes = Whole.of(branch, policy);
      List<Whole> carriers =
          wholes.stream()
              .filter(whole -> parts.stream().allMatch(p -> whole.fit(p.expression()).allowed()))
              .toList();
      choices.add(new Choice(List.copyOf(branch), wholes, carriers));
    }
    return choices;
  }

  private static Optional<Choice> choose(List<Choice> choices) {
    return choices.stream()
        .filter(choice -> !choice.carriers().isEmpty())
        .findFirst()
        .or(() -> choices.stream().filter(choice -> !choice.wholes().isEmpty()).findFirst());
  }

  private void refuseChoices(SpdxExpression expression) {
    boolean gpl = policy == LicencePolicy.GPL;
    refuse(
        RuleId.L003_NOT_GPL,
        LICENCE,
        "no choice in "
            + expression
            + (gpl ? " is the GPL alone" : " may be part of a whole under GPL-2.0-only"),
        "offer the plugin under GPL-2.0 or GPL-3.0, as one choice at least");
  }

  private static List<PartAnswer> answers(Choice choice, List<Component> parts) {
    List<Whole> wholes = choice.carriers().isEmpty() ? choice.wholes() : choice.carriers();
    return parts.stream()
        .map(
            part ->
                new PartAnswer(
                    part, wholes.stream().map(whole -> whole.fit(part.expression())).toList()))
        .toList();
  }

  /// Without a carrier: each part that joins no version, or all that join different ones.
  private void refuseParts(Choice choice, List<PartAnswer> answers) {
    if (!choice.carriers().isEmpty()) {
      return;
    }
    boolean eachFitsSomewhere =
        answers.stream().allMatch(a -> a.fits().stream().anyMatch(Whole.Fit::allowed));
    for (PartAnswer answer : answers) {
      boolean refused =
          eachFitsSomewhere
              ? !answer.fits().stream().allMatch(Whole.Fit::allowed)
              : answer.fits().stream().noneMatch(Whole.Fit::allowed);
      if (refused) {
        List<String> why =
            answer.fits().stream()
                .flatMap(fit -> fit.answers().stream())
                .filter(entry -> !entry.answer().allows())
                .map(CompatibilityMatrix.Entry::toString)
                .distinct()
                .toList();
        refuse(
            RuleId.L007_INCOMPATIBLE_PART,
            new Location.Entry(BillOfMaterials.ENTRY + " " + answer.part().place()),
            answer.part().title() + ": " + String.join("; ", why),
            eachFitsSomewhere
                ? "no one version of the licence carries all parts: replace one of them"
                : "license the plugin so that the part may join, or replace the part");
      }
    }
  }

  private SortedMap<String, Component> owners(BillOfMaterials bill) {
    checkMain(bill.main());
    return new TreeMap<>(
        ClassOwners.find(bill, subject.classNames(), subject.ownPrefix(), refusals));
  }

  /// The bill is of this package, and under the licence that the manifest states.
  private void checkMain(Component main) {
    contradiction(main, "name", main.name(), subject.manifest().pluginId());
    contradiction(main, "version", main.version(), subject.manifest().version());
    subject
        .manifest()
        .licence()
        .ifPresent(licence -> contradiction(main, "licence", main.licence(), licence));
  }

  private void contradiction(Component main, String what, String bill, String manifest) {
    if (!bill.equals(manifest)) {
      refuse(
          RuleId.L016_BILL_CONTRADICTS,
          new Location.Entry(BillOfMaterials.ENTRY + " " + main.place()),
          what + " " + bill + ", the manifest says " + manifest,
          "build the package with this project's tool");
    }
  }

  private void refuse(RuleId rule, Location location, String detail, String remedy) {
    refusals.add(new Refusal(rule, location, Printable.text(detail), remedy));
  }
}
