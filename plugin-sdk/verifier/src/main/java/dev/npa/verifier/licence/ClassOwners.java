// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.licence.sbom.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which component of the bill each class belongs to, and every way in which bill and classes do
/// not agree.
final class ClassOwners {

  private final Map<String, Component> packages = new HashMap<>();
  private final Map<String, Component> classes = new HashMap<>();
  private final SortedMap<String, Component> owners = new TreeMap<>();
  private final List<Refusal> refusals;

  private ClassOwners(List<Refusal> refusals) {
    this.refusals = refusals;
  }

  /// @param classNames internal names, `a/b/C`
  /// @param ownPrefix package that the signer signed for, `a.b`
  /// @return the owner of each class that has one
  static SortedMap<String, Component> find(
      BillOfMaterials bill, Set<String> classNames, String ownPrefix, List<Refusal> refusals) {
    ClassOwners found = new ClassOwners(refusals);
    found.claim(bill);
    found.checkOwnPrefix(bill.main(), ownPrefix);
    for (String name : classNames) {
      found.assign(name, bill.main());
    }
    Set<Component> used = new HashSet<>(found.owners.values());
    for (Component part : bill.parts()) {
      if (!used.contains(part)) {
        found.contradiction(
            part, part.title() + " covers no class of the package", "leave it out, or exclude it");
      }
    }
    return found.owners;
  }

  private void claim(BillOfMaterials bill) {
    for (Component component : bill.components()) {
      component.packages().forEach(name -> claim(packages, name.replace('.', '/'), component));
      component.classes().forEach(name -> claim(classes, name.replace('.', '/'), component));
    }
  }

  private void claim(Map<String, Component> names, String name, Component component) {
    Component other = names.put(name, component);
    if (other != null) {
      contradiction(
          component,
          name.replace('/', '.') + " is claimed by " + other.place() + " too",
          "let one component cover it");
    }
  }

  private void checkOwnPrefix(Component main, String ownPrefix) {
    List<String> names = new ArrayList<>(main.packages());
    main.classes()
        .forEach(name -> names.add(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
    for (String name : names) {
      if (ownPrefix.isEmpty() || !(name + ".").startsWith(ownPrefix + ".")) {
        contradiction(
            main,
            "the plugin claims " + name + ", which is outside its own " + ownPrefix,
            "list what is not the vendor's as a component");
      }
    }
  }

  private void assign(String name, Component main) {
    Optional<Component> owner = owner(name);
    if (owner.isEmpty()) {
      refusals.add(
          new Refusal(
              RuleId.L006_UNLICENSED_CLASS,
              new Location.Entry(name + ".class"),
              "no component of the bill of materials covers it",
              "list the component it comes from, with its licence"));
      return;
    }
    owners.put(name, owner.get());
    if (owner.get().equals(main)) {
      checkNotForeign(name, classes.containsKey(topLevel(name)));
    } else {
      checkLicenceOf(name, owner.get());
    }
  }

  /// Covered by a package alone, nobody said that this very class is the vendor's own; and nobody
  /// can say it of one that has a library's whole package in its name.
  private void checkNotForeign(String name, boolean saidToBeOwn) {
    KnownLibraries libraries = KnownLibraries.shipped();
    if (saidToBeOwn) {
      libraries
          .findByQualifiedPackage(name)
          .ifPresent(
              library ->
                  refusals.add(
                      new Refusal(
                          RuleId.L006_UNLICENSED_CLASS,
                          new Location.Entry(name + ".class"),
                          "has a package of "
                              + library.name()
                              + " in its name, and the bill calls it the plugin's own",
                          "list the library as a component")));
      return;
    }
    Optional<String> whose =
        libraries
            .find(name)
            .map(library -> "has a name of " + library.name())
            .or(() -> KnownLibraries.shadingMark(name).map(mark -> "lies below " + mark));
    whose.ifPresent(
        why ->
            refusals.add(
                new Refusal(
                    RuleId.L006_UNLICENSED_CLASS,
                    new Location.Entry(name + ".class"),
                    why + ", and the bill counts it as the plugin's own",
                    "list the library as a component; or, if the class is the vendor's, by "
                        + BillOfMaterials.CLASS)));
  }

  private void checkLicenceOf(String name, Component owner) {
    KnownLibraries.shipped()
        .find(name)
        .flatMap(library -> library.licence().filter(l -> !l.equals(owner.expression())))
        .filter(published -> !classes.containsKey(topLevel(name)))
        .ifPresent(
            published ->
                contradiction(
                    owner,
                    "says " + owner.licence() + " of " + name + ", published under " + published,
                    "state the licence the library has"));
  }

  private Optional<Component> owner(String name) {
    Component byClass = classes.get(name);
    if (byClass == null) {
      byClass = classes.get(topLevel(name));
    }
    if (byClass != null) {
      return Optional.of(byClass);
    }
    for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
      Component byPackage = packages.get(name.substring(0, end));
      if (byPackage != null) {
        return Optional.of(byPackage);
      }
    }
    return Optional.empty();
  }

  private static String topLevel(String name) {
    int nested = name.indexOf('$', name.lastIndexOf('/') + 2);
    return nested < 0 ? name : name.substring(0, nested);
  }

  private void contradiction(Component component, String detail, String remedy) {
    refusals.add(
        new Refusal(
            RuleId.L016_BILL_CONTRADICTS,
            new Location.Entry(BillOfMaterials.ENTRY + " " + component.place()),
            Printable.text(detail),
            remedy));
  }
}
