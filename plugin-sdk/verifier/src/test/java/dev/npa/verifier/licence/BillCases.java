// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static dev.npa.verifier.RuleId.L004_TEXT_MISSING;
import static dev.npa.verifier.RuleId.L006_UNLICENSED_CLASS;
import static dev.npa.verifier.RuleId.L007_INCOMPATIBLE_PART;
import static dev.npa.verifier.RuleId.L010_DEPRECATED_ID;
import static dev.npa.verifier.RuleId.L011_FOREIGN_REFERENCE;
import static dev.npa.verifier.RuleId.L015_BILL_UNREADABLE;
import static dev.npa.verifier.RuleId.L016_BILL_CONTRADICTS;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.licence.sbom.BillOfMaterials;
import dev.npa.verifier.packaging.ForgedArchive;
import dev.npa.verifier.packaging.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Bills of materials that are incomplete, unreadable or untrue, and parts that may not join.
final class BillCases {

  private static final String GPL = "GPL-2.0-only";
  private static final String SHADED = "example.nic.shaded.com.fasterxml.jackson.core.JsonFactory";
  private static final String JACKSON = "example.nic.shaded.com.fasterxml.jackson";

  private BillCases() {}

  static List<LicenceCase> all() {
    List<LicenceCase> cases = new ArrayList<>();
    unreadable(cases);
    untrue(cases);
    shaded(cases);
    parts(cases);
    return cases;
  }

  private static void unreadable(List<LicenceCase> cases) {
    byte[] none = new ForgedArchive().without(BillOfMaterials.ENTRY).build();
    cases.add(
        LicenceCase.refused(
            "bill", "missing", Samples.signed(none), BillOfMaterials.ENTRY, L015_BILL_UNREADABLE));
    for (String text :
        List.of(
            "",
            "[]",
            "{",
            "{} {}",
            "<bom/>",
            "{\"bomFormat\": \"SPDX\"}",
            "[".repeat(40),
            "{\"a\": 01}",
            "{\"a\": \"\\u0000\"}",
            "{\"a\": \"\\ud800\"}")) {
      cases.add(bill("is " + text.replace("[[[", "").strip(), t -> text, L015_BILL_UNREADABLE));
    }
    cases.add(
        bill(
            "a member twice",
            t -> t.replace("\"version\": 1,", "\"version\": 1, \"version\": 2,"),
            L015_BILL_UNREADABLE));
    cases.add(
        bill(
            "a member twice, once escaped",
            t -> t.replace("\"version\": 1,", "\"version\": 1, \"v\\u0065rsion\": 2,"),
            L015_BILL_UNREADABLE));
    cases.add(bill("of format 2.0", t -> t.replace("\"1.6\"", "\"2.0\""), L015_BILL_UNREADABLE));
    cases.add(
        bill(
            "no main component",
            t -> t.replace("\"component\":", "\"other\":"),
            L015_BILL_UNREADABLE));
    cases.add(
        bill(
            "parts within parts",
            t -> t.replace("\"type\": \"library\",", "\"type\": \"library\", \"components\": [],"),
            L015_BILL_UNREADABLE));
  }

  private static void untrue(List<LicenceCase> cases) {
    cases.add(bill("of other hand, true", t -> t));
    cases.add(
        bill(
            "another name",
            t -> t.replace("\"example.nic\", ", "\"other\", "),
            L016_BILL_CONTRADICTS));
    cases.add(bill("another version", t -> t.replace("1.4.2", "1.4.3"), L016_BILL_CONTRADICTS));
    cases.add(bill("another licence", t -> t.replace(GPL, "MIT"), L016_BILL_CONTRADICTS));
    cases.add(
        bill(
            "no licence",
            t -> t.replace("[{\"expression\": \"GPL-2.0-only\"}]", "[]"),
            L006_UNLICENSED_CLASS));
    cases.add(
        bill(
            "a licence by name",
            t ->
                t.replace(
                    "{\"expression\": \"GPL-2.0-only\"}", "{\"license\": {\"name\": \"GPL\"}}"),
            L006_UNLICENSED_CLASS));
    cases.add(
        bill(
            "two licences",
            t -> t.replace("\"GPL-2.0-only\"}", "\"GPL-2.0-only\"}, {\"expression\": \"MIT\"}"),
            L006_UNLICENSED_CLASS));
    cases.add(bill("a deprecated id", t -> t.replace(GPL, "GPL-2.0"), L010_DEPRECATED_ID));
    cases.add(
        bill(
            "the plugin claims more than its package",
            t -> t.replace("\"value\": \"example.nic\"", "\"value\": \"example\""),
            L016_BILL_CONTRADICTS));
    cases.add(
        bill(
            "the plugin claims a neighbour",
            t -> t.replace("\"value\": \"example.nic\"", "\"value\": \"example.nicer\""),
            L016_BILL_CONTRADICTS,
            L006_UNLICENSED_CLASS));
    cases.add(
        bill(
            "a part of nothing",
            t ->
                TestBill.with(
                    GPL, TestBill.part("[{\"license\": {\"id\": \"MIT\"}}]", "example.lib")),
            L004_TEXT_MISSING,
            L016_BILL_CONTRADICTS));
    cases.add(
        bill(
            "two claim the same",
            t ->
                TestBill.with(
                    GPL, TestBill.part("[{\"expression\": \"GPL-2.0-only\"}]", "example.nic")),
            L016_BILL_CONTRADICTS));
  }

  private static void shaded(List<LicenceCase> cases) {
    cases.add(
        refused(
            "shaded",
            "unlisted, beside",
            under(GPL).type("example.lib.Queue"),
            "example/lib/Queue",
            L006_UNLICENSED_CLASS));
    cases.add(
        refused(
            "shaded",
            "unlisted, below the plugin",
            under(GPL).type(SHADED),
            "JsonFactory",
            L006_UNLICENSED_CLASS));
    cases.add(
        refused(
            "shaded",
            "unlisted, under another name",
            under(GPL).type("example.nic.q.MpscArrayQueue"),
            "MpscArrayQueue",
            L006_UNLICENSED_CLASS));
    cases.add(
        refused(
            "shaded",
            "below a shading mark",
            under(GPL).type("example.nic.relocated.a.B"),
            "relocated",
            L006_UNLICENSED_CLASS));
    cases.add(
        refused(
            "shaded",
            "listed under a licence it has not",
            under(GPL).type(SHADED).part("jackson", "2.20", "MIT", JACKSON).text("MIT", mit()),
            "components[0]",
            L016_BILL_CONTRADICTS));
    cases.add(
        LicenceCase.accepted(
            "shaded",
            "the vendor's own class of such a name, said so",
            saidToBeOwn("example.nic.q.MpscArrayQueue").signed()));
    cases.add(
        LicenceCase.accepted(
            "shaded",
            "the vendor's own class in a package of such a word, said so",
            saidToBeOwn("example.nic.scala.Interval").signed()));
    cases.add(
        refused(
            "shaded",
            "a library's class, said to be the vendor's own",
            saidToBeOwn(SHADED),
            "JsonFactory",
            L006_UNLICENSED_CLASS));
    cases.add(
        refused(
            "shaded",
            "said to be the vendor's own, in a package of somebody else",
            saidToBeOwn("example.other.Queue"),
            "sbom.cdx.json",
            L016_BILL_CONTRADICTS));
    cases.add(
        LicenceCase.accepted(
            "shaded",
            "a class that calls another of the plugin",
            under(GPL).typeNaming("example.nic.Shim", "example.nic.Plugin").signed()));
    cases.add(
        refused(
            "shaded",
            "a shim for code that is elsewhere",
            under(GPL).typeNaming("example.nic.Shim", "com.acme.secret.Driver"),
            "example/nic/Shim.class",
            L011_FOREIGN_REFERENCE));
  }

  /// The bill names the class as the plugin's own.
  private static TestPackage saidToBeOwn(String className) {
    return under(GPL)
        .type(className)
        .editedBill(
            t ->
                t.replace(
                    "\"properties\": [",
                    "\"properties\": [{\"name\": \"npa:class\", \"value\": \""
                        + className
                        + "\"}, "));
  }

  private static void parts(List<LicenceCase> cases) {
    cases.add(jackson(GPL, L007_INCOMPATIBLE_PART));
    cases.add(jackson("GPL-2.0-or-later"));
    cases.add(jackson("GPL-3.0-only"));
    for (String licence : List.of("MPL-2.0", "LGPL-2.1-only", "GPL-2.0-or-later")) {
      cases.add(part(GPL, licence));
    }
    for (String licence :
        List.of(
            "LGPL-3.0-only",
            "GPL-3.0-only",
            "AGPL-3.0-only",
            "BSD-4-Clause",
            "CDDL-1.0",
            "EPL-2.0",
            "MS-PL",
            "CC0-1.0")) {
      cases.add(part(GPL, licence, L007_INCOMPATIBLE_PART));
    }
    cases.add(part("GPL-3.0-only", GPL, L007_INCOMPATIBLE_PART));
    cases.add(
        refused(
            "part",
            "GPL-2.0-only and Apache-2.0 in GPL-2.0-or-later: no version for both",
            under("GPL-2.0-or-later")
                .type("example.a.A")
                .type("example.b.B")
                .part("a", "1", GPL, "example.a")
                .part("b", "1", "Apache-2.0", "example.b")
                .text(GPL)
                .text("Apache-2.0"),
            "components[0]",
            L007_INCOMPATIBLE_PART));
    cases.add(
        LicenceCase.accepted(
            "part",
            "EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0 in GPL-2.0-only",
            under(GPL)
                .type("example.lib.A")
                .part(
                    "lib",
                    "1",
                    "EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0",
                    "example.lib")
                .text("Classpath-exception-2.0")
                .signed()));
    cases.add(
        LicenceCase.accepted(
            "part",
            "the second choice carries it: GPL-2.0-only OR GPL-3.0-only with Apache-2.0",
            TestPackage.bare("GPL-2.0-only OR GPL-3.0-only")
                .text("GPL-3.0-only")
                .type("example.lib.A")
                .part("lib", "1", "Apache-2.0", "example.lib")
                .text("Apache-2.0")
                .signed()));
    cases.add(
        new LicenceCase(
            "part",
            "GPL-2.0-only in a plugin under MIT",
            LicencePolicy.COMPATIBLE,
            List.of(L007_INCOMPATIBLE_PART),
            "components[0]",
            TestPackage.bare("MIT")
                .text("MIT", mit())
                .type("example.lib.A")
                .part("lib", "1", GPL, "example.lib")
                .text(GPL)
                .signed()));
  }

  private static LicenceCase jackson(String licence, RuleId... rules) {
    return LicenceCase.refused(
        "part",
        "Apache-2.0 (Jackson) in " + licence,
        under(licence)
            .type(SHADED)
            .part("jackson-core", "2.20.1", "Apache-2.0", JACKSON)
            .text("Apache-2.0")
            .signed(),
        rules.length == 0 ? "" : "components[0]",
        rules);
  }

  private static LicenceCase part(String licence, String partLicence, RuleId... rules) {
    TestPackage plugin =
        under(licence).type("example.lib.A").part("lib", "1", partLicence, "example.lib");
    if (rules.length == 0) {
      plugin.text(partLicence);
    }
    return LicenceCase.refused(
        "part",
        partLicence + " in " + licence,
        plugin.signed(),
        rules.length == 0 ? "" : "components[0]",
        rules);
  }

  private static LicenceCase bill(String name, UnaryOperator<String> change, RuleId... rules) {
    return LicenceCase.refused(
        "bill",
        name,
        under(GPL).editedBill(change).signed(),
        rules.length == 0 || rules[0] == L004_TEXT_MISSING ? "" : "sbom.cdx.json",
        rules);
  }

  private static LicenceCase refused(
      String group, String name, TestPackage plugin, String place, RuleId... rules) {
    return LicenceCase.refused(group, name, plugin.signed(), place, rules);
  }

  private static TestPackage under(String licence) {
    return TestPackage.under(licence);
  }

  private static String mit() {
    return new String(
        LicenceTexts.of("MIT", List.of("Copyright (c) 2020 Example NICs")), StandardCharsets.UTF_8);
  }
}
