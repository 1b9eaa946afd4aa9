// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.sbom;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the few fields of a CycloneDX document that the licence stage decides by. What it does not
/// read (hashes, authors, dependencies) is not looked at; what it reads must have its one form.
public final class BillReader {

  private static final Set<String> VERSIONS = Set.of("1.4", "1.5", "1.6");
  private static final int MAX_COMPONENTS = 256;
  private static final String NAME = "[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*";

  private final String entry;
  private final List<Refusal> refusals = new ArrayList<>();

  private BillReader(String entry) {
    this.entry = entry;
  }

  /// Never throws, whatever the bytes; reports all that is wrong.
  ///
  /// @param entry name of the document, for refusals
  public static Verdict<BillOfMaterials> read(byte[] json, String entry) {
    return new BillReader(entry).read(json);
  }

  /// The location of a component, or of the document for an empty place.
  static Location location(String entry, String place) {
    return new Location.Entry(place.isEmpty() ? entry : entry + " " + place);
  }

  private Verdict<BillOfMaterials> read(byte[] json) {
    JsonValue value;
    try {
      value = JsonReader.read(json);
    } catch (JsonSyntax e) {
      malformed("", String.valueOf(e.getMessage()));
      return new Verdict.Refused<>(refusals);
    }
    if (!(value instanceof JsonValue.Members document)) {
      malformed("", "is not a JSON object");
      return new Verdict.Refused<>(refusals);
    }
    if (!text(document, "bomFormat").equals(Optional.of("CycloneDX"))
        || !VERSIONS.contains(text(document, "specVersion").orElse(""))) {
      malformed("", "is not a CycloneDX document of version 1.4 to 1.6");
    }
    Optional<Component> main =
        members(document.get("metadata"))
            .flatMap(metadata -> members(metadata.get("component")))
            .flatMap(component -> component(component, "metadata.component"));
    List<Component> parts = parts(document);
    if (main.isEmpty() && refusals.isEmpty()) {
      malformed("metadata.component", "is missing");
    }
    return refusals.isEmpty()
        ? Verdict.accepted(new BillOfMaterials(main.orElseThrow(), parts))
        : new Verdict.Refused<>(refusals);
  }

  private List<Component> parts(JsonValue.Members document) {
    List<Component> parts = new ArrayList<>();
    List<JsonValue> listed = items(document, "components", "");
    if (listed.size() > MAX_COMPONENTS) {
      malformed("components", "more than " + MAX_COMPONENTS);
      return parts;
    }
    for (int i = 0; i < listed.size(); i++) {
      String place = "components[" + i + "]";
      if (!(listed.get(i) instanceof JsonValue.Members component)) {
        malformed(place, "is not an object");
      } else if (!text(component, "scope").equals(Optional.of("excluded"))) {
        component(component, place).ifPresent(parts::add);
      }
    }
    return parts;
  }

  private Optional<Component> component(JsonValue.Members component, String place) {
    Optional<String> name = text(component, "name");
    if (name.isEmpty()) {
      malformed(place, "has no name");
      return Optional.empty();
    }
    if (component.get("components").isPresent()) {
      malformed(place, "holds components of its own; list them side by side");
    }
    List<String> packages = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    coverage(component, place, packages, classes);
    Optional<String> version = optionalText(component, "version", place);
    Optional<String> copyright = optionalText(component, "copyright", place);
    Optional<String> licence = licence(component, place);
    return licence
        .flatMap(text -> expression(text, place))
        .map(
            expression ->
                new Component(
                    place,
                    name.get(),
                    version.orElse(""),
                    licence.get(),
                    expression,
                    packages,
                    classes,
                    copyright));
  }

  private Optional<SpdxExpression> expression(String licence, String place) {
    return switch (SpdxParser.parse(licence, location(entry, place + " licenses"))) {
      case Verdict.Accepted<SpdxExpression>(SpdxExpression parsed) -> Optional.of(parsed);
      case Verdict.Refused<SpdxExpression>(List<Refusal> bad) -> {
        refusals.addAll(bad);
        yield Optional.empty();
      }
    };
  }

  /// One SPDX id or one expression. Two entries, or two answers in one, could mean "both",
  /// "either", or that readers disagree.
  private Optional<String> licence(JsonValue.Members component, String place) {
    List<JsonValue> choices = items(component, "licenses", place);
    Optional<String> found =
        choices.size() == 1 && choices.getFirst() instanceof JsonValue.Members choice
            ? licence(choice)
            : Optional.empty();
    if (found.isEmpty()) {
      refusals.add(
          new Refusal(
              RuleId.L006_UNLICENSED_CLASS,
              location(entry, place + " licenses"),
              choices.isEmpty() ? "no licence is stated" : "not exactly one SPDX id or expression",
              "state one, for instance {\"expression\": \"GPL-2.0-only\"}"));
    }
    return found;
  }

  private static Optional<String> licence(JsonValue.Members choice) {
    Optional<JsonValue> named = choice.get("license");
    if (choice.get("expression").isPresent()) {
      return named.isPresent() ? Optional.empty() : text(choice, "expression");
    }
    return members(named)
        .filter(licence -> licence.get("name").isEmpty())
        .flatMap(licence -> text(licence, "id"))
        .filter(id -> id.indexOf(' ') < 0);
  }

  private void coverage(
      JsonValue.Members component, String place, List<String> packages, List<String> classes) {
    for (JsonValue item : items(component, "properties", place)) {
      if (!(item instanceof JsonValue.Members property)) {
        malformed(place + " properties", "hold something that is not an object");
        continue;
      }
      String name = text(property, "name").orElse("");
      String value = text(property, "value").orElse("");
      boolean ofPackage = name.equals(BillOfMaterials.PACKAGE);
      if (!ofPackage && !name.equals(BillOfMaterials.CLASS)) {
        continue;
      }
      if (!value.matches(NAME)) {
        malformed(place + " properties", name + " is no Java name: " + value);
        continue;
      }
      (ofPackage ? packages : classes).add(value);
    }
  }

  private List<JsonValue> items(JsonValue.Members owner, String name, String place) {
    Optional<JsonValue> found = owner.get(name);
    if (found.isEmpty()) {
      return List.of();
    }
    if (found.get() instanceof JsonValue.Items(List<JsonValue> values)) {
      return values;
    }
    malformed(place, name + " is not an array");
    return List.of();
  }

  private static Optional<JsonValue.Members> members(Optional<JsonValue> value) {
    return value.filter(JsonValue.Members.class::isInstance).map(JsonValue.Members.class::cast);
  }

  private static Optional<String> text(JsonValue.Members owner, String name) {
    return owner
        .get(name)
        .filter(JsonValue.Text.class::isInstance)
        .map(value -> ((JsonValue.Text) value).value());
  }

  private Optional<String> optionalText(JsonValue.Members owner, String name, String place) {
    Optional<String> found = text(owner, name);
    if (found.isEmpty() && owner.get(name).isPresent()) {
      malformed(place, name + " is not a text");
    }
    return found;
  }

  private void malformed(String place, String detail) {
    refusals.add(
        new Refusal(
            RuleId.L015_BILL_UNREADABLE,
            location(entry, place),
            Printable.text(detail),
            "write a CycloneDX 1.6 JSON document; the packager makes one"));
  }
}
