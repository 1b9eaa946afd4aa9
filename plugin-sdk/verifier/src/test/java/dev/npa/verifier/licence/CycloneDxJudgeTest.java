// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.licence.sbom.BillReader;
import dev.npa.verifier.licence.sbom.Component;
import dev.npa.verifier.packaging.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.license.Expression;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bills of materials before the CycloneDX project's own Java library, which has the schemas with
/// it; nothing is fetched.
class CycloneDxJudgeTest {
  private static final String GPL = "GPL-2.0-only";
  private static final String ODD = "Sm\u00f8rre \"br\u00f8d\" \\ \u001f\u2028 \ud83d\ude00";

  @Test
  void findsWhatThePackagerWritesValid() throws Exception {
    Component part =
        new Component(
            "",
            ODD,
            ODD,
            "MIT OR Apache-2.0",
            SpdxParser.known("MIT OR Apache-2.0").orElseThrow(),
            List.of("example.nic.shaded"),
            List.of("example.nic.Borrowed"),
            Optional.of("Copyright (c) " + ODD));
    byte[] bill = bill(Samples.builder(Samples.manifest()).addPart(part).build());

    assertThat(faults(bill, Version.VERSION_16)).isEmpty();
    Bom read = new JsonParser().parse(bill);
    assertThat(read.getMetadata().getComponent().getName())
        .isEqualTo(Samples.manifest().pluginId());
    assertThat(read.getComponents()).hasSize(1);
    assertThat(read.getComponents().getFirst().getName()).isEqualTo(ODD);
    assertThat(read.getComponents().getFirst().getCopyright()).isEqualTo("Copyright (c) " + ODD);
    assertThat(read.getComponents().getFirst().getLicenses().getExpression().getValue())
        .isEqualTo("MIT OR Apache-2.0");
    assertThat(read.getComponents().getFirst().getProperties())
        .extracting(Property::getName, Property::getValue)
        .containsExactly(
            tuple("npa:package", "example.nic.shaded"), tuple("npa:class", "example.nic.Borrowed"));
  }

  @Test
  void findsABillWithoutLicenceOrPackageValid() throws Exception {
    PluginManifest bare = Samples.manifest(Optional.empty(), Optional.empty());

    assertThat(faults(bill(Samples.builder(bare).build()), Version.VERSION_16)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void findsEveryBillThatIsAcceptedValid(LicenceCase accepted) throws Exception {
    byte[] bill = bill(accepted.bytes());
    String version = new JsonParser().parse(bill).getSpecVersion();

    assertThat(faults(bill, Version.fromVersionString(version))).isEmpty();
  }

  static Stream<LicenceCase> findsEveryBillThatIsAcceptedValid() {
    return LicencePackages.all().stream().filter(found -> found.rules().isEmpty());
  }

  /// What the schema refuses of the fields that the gate decides by, the gate refuses too.
  @ParameterizedTest
  @MethodSource
  void refusesWhatTheSchemaRefuses(String bill) throws IOException {
    byte[] bytes = bill.getBytes(StandardCharsets.UTF_8);

    assertThat(faults(bytes, Version.VERSION_16)).isNotEmpty();
    assertThat(BillReader.read(bytes, BillOfMaterials.ENTRY)).isInstanceOf(Verdict.Refused.class);
  }

  static Stream<String> refusesWhatTheSchemaRefuses() {
    String part = TestBill.with(GPL, TestBill.part("[{\"expression\": \"MIT\"}]", "lib"));
    assertThat(BillReader.read(part.getBytes(StandardCharsets.UTF_8), "bill"))
        .isInstanceOf(Verdict.Accepted.class);
    return Stream.of(
        part.replace("\"name\": \"lib\", ", ""),
        part.replace("\"name\": \"lib\"", "\"name\": 7"),
        part.replace("\"name\": \"lib\"", "\"name\": null"),
        part.replace("\"version\": \"1.0\"", "\"version\": 1.0"),
        part.replace("\"version\": \"1.0\"", "\"copyright\": [\"A. Roe\"]"),
        part.replace("[{\"expression\": \"MIT\"}]", "{\"expression\": \"MIT\"}"),
        part.replace("[{\"expression\": \"MIT\"}]", "[{\"expression\": [\"MIT\"]}]"),
        part.replace("{\"expression\": \"MIT\"}", "{\"license\": {\"id\": \"MIT OR ISC\"}}"),
        part.replace("{\"expression\": \"MIT\"}", "{\"license\": {\"id\": \"mit\"}}"),
        part.replace(
            "{\"expression\": \"MIT\"}",
            "{\"expression\": \"MIT\", \"license\": {\"id\": \"GPL-2.0-only\"}}"),
        part.replace(
            "{\"expression\": \"MIT\"}",
            "{\"license\": {\"id\": \"MIT\", \"name\": \"Proprietary\"}}"),
        part.replace("\"bomFormat\": \"CycloneDX\", ", ""),
        part.replace("\"CycloneDX\"", "\"cyclonedx\""),
        part.replace("\"specVersion\": \"1.6\", ", ""),
        part.replace("\"components\": [", "\"components\": {\"a\": [").replace("]}\n", "]}}\n"),
        part.replace("\"metadata\": {", "\"metadata\": [{").replace("}]}},", "}]}}],"),
        part.replace(
            "\"properties\": [{\"name\": \"npa:package\", \"value\": \"lib\"}]",
            "\"properties\": {}"),
        part.replace("\"value\": \"lib\"", "\"value\": 7"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"VERSION_14", "VERSION_15", "VERSION_16"})
  void readsWhatTheJudgeWrites(Version version) throws GeneratorException {
    Bom bom = new Bom();
    Metadata metadata = new Metadata();
    metadata.setComponent(component("example.nic", "GPL-2.0-only OR MIT", "example.nic"));
    bom.setMetadata(metadata);
    bom.addComponent(component(ODD, "Apache-2.0", "example.nic.lib"));
    String json = BomGeneratorFactory.createJson(version, bom).toJsonString();

    Verdict<BillOfMaterials> read =
        BillReader.read(json.getBytes(StandardCharsets.UTF_8), BillOfMaterials.ENTRY);

    assertThat(read).as(json).isInstanceOf(Verdict.Accepted.class);
    BillOfMaterials bill = ((Verdict.Accepted<BillOfMaterials>) read).value();
    assertThat(bill.main().licence()).isEqualTo("GPL-2.0-only OR MIT");
    assertThat(bill.parts()).hasSize(1);
    assertThat(bill.parts().getFirst().name()).isEqualTo(ODD);
    assertThat(bill.parts().getFirst().packages()).containsExactly("example.nic.lib");
  }

  private static org.cyclonedx.model.Component component(
      String name, String licence, String covers) {
    org.cyclonedx.model.Component component = new org.cyclonedx.model.Component();
    component.setType(org.cyclonedx.model.Component.Type.LIBRARY);
    component.setName(name);
    component.setVersion("1.0");
    LicenseChoice choice = new LicenseChoice();
    choice.setExpression(new Expression(licence));
    component.setLicenses(choice);
    component.setProperties(List.of(new Property(BillOfMaterials.PACKAGE, covers)));
    return component;
  }

  private static List<ParseException> faults(byte[] bill, Version version) throws IOException {
    return new JsonParser().validate(bill, version);
  }

  private static byte[] bill(byte[] plugin) {
    return switch (UnverifiedPackage.read(plugin)) {
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) ->
          found.bytes(BillOfMaterials.ENTRY);
      case Verdict.Refused<UnverifiedPackage> refused -> throw new AssertionError(refused);
    };
  }
}
