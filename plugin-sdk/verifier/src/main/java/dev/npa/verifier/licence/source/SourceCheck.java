// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.source;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceReport.Choice;
import dev.npa.verifier.licence.LicenceSubject;
import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import dev.npa.verifier.licence.sbom.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Whether the corresponding source is there: the reference, and if it lies in the package, its
/// completeness (a source for every class, a recipe to build it by) and its headers.
///
/// That it really builds to this package is for `npa source verify`, which may compile.
public final class SourceCheck {

  private static final Set<String> RECIPES =
      Set.of(
          BuildRecipe.FILE,
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "build.xml",
          "build.sh",
          "Makefile");

  /// Names of files that set terms. A notice or a readme may set some too, which nobody can tell
  /// from its name.
  private static final Pattern TERMS =
      Pattern.compile("(?i)licen[cs]e|copying|eula|terms|restriction|addendum|patents");

  private final SortedMap<String, Component> owners;
  private final Optional<SpdxExpression> ownLicence;
  private final SourceFiles sources;
  private final String prefix;
  private final List<Refusal> refusals;

  private SourceCheck(
      SourceFiles sources,
      String prefix,
      SortedMap<String, Component> owners,
      Optional<SpdxExpression> ownLicence,
      List<Refusal> refusals) {
    this.owners = owners;
    this.ownLicence = ownLicence;
    this.sources = sources;
    this.prefix = prefix;
    this.refusals = refusals;
  }

  /// @param owners internal class name to component
  public static void check(
      LicenceSubject subject,
      SortedMap<String, Component> owners,
      Optional<Choice> chosen,
      List<Refusal> refusals) {
    Optional<SpdxExpression> own = subject.manifest().licence().flatMap(SpdxParser::known);
    switch (SourceReference.read(subject.manifest(), subject.signedAt(), subject.decidedAt())) {
      case Verdict.Refused<SourceReference>(List<Refusal> bad) -> refusals.addAll(bad);
      case Verdict.Accepted<SourceReference>(SourceReference.Elsewhere offered) -> {
        // What is there is for a tool that may use the network.
      }
      case Verdict.Accepted<SourceReference>(SourceReference.Inside inside) ->
          new SourceCheck(
                  SourceFiles.inPackage(subject.entries()),
                  SourceFiles.DIRECTORY,
                  owners,
                  own,
                  refusals)
              .run(subject.classNames());
    }
  }

  /// The same of a tree that is not in a package.
  ///
  /// @param classNames internal names of the classes that the tree must have the source of
  public static void checkTree(
      SourceFiles sources,
      Set<String> classNames,
      SortedMap<String, Component> owners,
      SpdxExpression ownLicence,
      List<Refusal> refusals) {
    new SourceCheck(sources, "", owners, Optional.of(ownLicence), refusals).run(classNames);
  }

  private void run(Set<String> classNames) {
    if (sources.files().isEmpty()) {
      refuse(RuleId.L017_SOURCE_INCOMPLETE, "", "holds no source", "add the sources");
      return;
    }
    checkRecipe();
    Map<String, Component> ownerOfFile = new HashMap<>();
    for (String name : classNames) {
      Optional<String> file = sources.declaring(name);
      if (file.isEmpty()) {
        refuse(
            RuleId.L017_SOURCE_INCOMPLETE, "", "has no source of " + name, "add the missing file");
      } else if (owners.containsKey(name)) {
        ownerOfFile.put(file.get(), owners.get(name));
      }
    }
    for (String path : sources.files().keySet()) {
      checkFile(path, Optional.ofNullable(ownerOfFile.get(path)));
    }
  }

  private void checkRecipe() {
    if (sources.files().keySet().stream().noneMatch(RECIPES::contains)) {
      refuse(
          RuleId.L017_SOURCE_INCOMPLETE,
          "",
          "holds no recipe to build it by",
          "add " + BuildRecipe.FILE + " or another of " + RECIPES.stream().sorted().toList());
    }
    byte[] recipe = sources.files().get(BuildRecipe.FILE);
    if (recipe != null
        && BuildRecipe.read(recipe, prefix + BuildRecipe.FILE)
            instanceof Verdict.Refused<BuildRecipe>(List<Refusal> bad)) {
      refusals.addAll(bad);
    }
  }

  private void checkFile(String path, Optional<Component> owner) {
    String name = SourceFiles.name(path);
    if (TERMS.matcher(name).find()
        && !SourceHeader.isNeededIn(name)
        && LicenceTexts.identify(sources.files().get(path)).isEmpty()) {
      refuse(
          RuleId.L013_STRAY_TEXT,
          path,
          "is no licence text that is known here",
          "ship the known text, unchanged, or none");
    }
    if (!SourceHeader.isNeededIn(name)) {
      return;
    }
    Location where = new Location.Entry(prefix + path);
    switch (SourceHeader.read(sources.text(path), where)) {
      case Verdict.Refused<SpdxExpression>(List<Refusal> bad) -> refusals.addAll(bad);
      case Verdict.Accepted<SpdxExpression>(SpdxExpression header) ->
          owner
              .map(Component::expression)
              .or(() -> ownLicence)
              .filter(stated -> !goesWith(header, stated))
              .ifPresent(stated -> refuseHeader(path, header, stated, owner));
    }
  }

  /// The same expression; or, of one family, a file that allows a later version than the whole.
  private static boolean goesWith(SpdxExpression header, SpdxExpression stated) {
    if (header.equals(stated)) {
      return true;
    }
    return header instanceof SpdxExpression.Licence(String file, Optional<String> none)
        && none.isEmpty()
        && stated instanceof SpdxExpression.Licence(String whole, Optional<String> nothing)
        && nothing.isEmpty()
        && file.endsWith("-or-later")
        && isGnu(file)
        && whole.equals(file.replace("-or-later", "-only"));
  }

  private static boolean isGnu(String id) {
    return id.startsWith("GPL-") || id.startsWith("LGPL-");
  }

  private void refuseHeader(
      String path, SpdxExpression header, SpdxExpression stated, Optional<Component> owner) {
    refuse(
        RuleId.L014_SOURCE_HEADER,
        path,
        "says "
            + header
            + ", but "
            + owner.map(Component::title).orElse("the plugin")
            + " is under "
            + stated,
        "list the file's classes as a component of their own, under their licence");
  }

  private void refuse(RuleId rule, String path, String detail, String remedy) {
    refusals.add(new Refusal(rule, new Location.Entry(prefix + path), detail, remedy));
  }
}
