// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.Digests;
import dev.npa.cli.ExitCode;
import dev.npa.cli.Json;
import dev.npa.cli.Options;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.SignatureClaim;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa diff`: what two packages have not in common; neither is verified.
public final class DiffVerb implements Verb {
  private static final String PAYLOAD = "--payload";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("diff");
    spec.usageMessage()
        .description(
            "Compare two packages, entry by entry, unverified.",
            "With --payload signatures do not count: a rebuild is the same if its payload is.");
    Options.positional(spec, "PACKAGE", "2", "Two packages, signed or not.");
    spec.addOption(
        OptionSpec.builder(PAYLOAD).type(boolean.class).description("Ignore signatures.").build());
    spec.addOption(OutputFormat.option());
    Teaching.examples(spec, "npa diff --payload vendor.npa.jar rebuilt.unsigned.jar");
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            Map.of(
                "0", "the same",
                "1", "not the same, or one of them is no package",
                "2", "the command line cannot be understood",
                "3", "could not be examined"));
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    String[] names = given.matchedPositionalValue(0, new String[0]);
    List<UnverifiedPackage> both = new ArrayList<>();
    for (String name : names) {
      byte[] bytes = InputFile.read(name, PackageFormat.MAX_PACKAGE_BYTES);
      switch (UnverifiedPackage.read(bytes)) {
        case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) -> both.add(found);
        case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) -> {
          return new RefusalReport(refusals).printInstead(format, out, name);
        }
      }
    }
    List<String> lines =
        differences(both.getFirst(), both.getLast(), given.hasMatchedOption(PAYLOAD));
    switch (format) {
      case TEXT -> text(lines, both.getFirst(), out);
      case JSON -> json(lines, both, out);
    }
    return lines.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static void text(List<String> lines, UnverifiedPackage first, PrintWriter out) {
    lines.forEach(out::println);
    if (lines.isEmpty()) {
      out.println("same payload sha384:" + first.payloadId());
    }
  }

  private static void json(List<String> lines, List<UnverifiedPackage> both, PrintWriter out)
      throws IOException {
    Json.print(
        out,
        json -> {
          json.writeBooleanField("same", lines.isEmpty());
          json.writeArrayFieldStart("payloadIds");
          for (UnverifiedPackage one : both) {
            json.writeString(one.payloadId());
          }
          json.writeEndArray();
          json.writeArrayFieldStart("differences");
          for (String line : lines) {
            json.writeString(line);
          }
          json.writeEndArray();
        });
  }

  private static List<String> differences(
      UnverifiedPackage a, UnverifiedPackage b, boolean payloadOnly) {
    List<String> lines = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(a.entryNames());
    names.addAll(b.entryNames());
    for (String name : names) {
      boolean signature =
          name.equals(PackageFormat.JAR_SIGNATURE_FILE)
              || name.equals(PackageFormat.JAR_SIGNATURE_BLOCK);
      if (signature) {
        continue; // the signatures are compared below, as what they say
      }
      if (!a.entryNames().contains(name)) {
        lines.add("+ " + name);
      } else if (!b.entryNames().contains(name)) {
        lines.add("- " + name);
      } else if (!Arrays.equals(a.bytes(name), b.bytes(name))) {
        lines.add("! " + name);
      }
    }
    if (!payloadOnly) {
      List<String> of = signatures(a);
      List<String> to = signatures(b);
      of.stream().filter(s -> !to.contains(s)).forEach(s -> lines.add("- " + s));
      to.stream().filter(s -> !of.contains(s)).forEach(s -> lines.add("+ " + s));
    }
    return lines;
  }

  private static List<String> signatures(UnverifiedPackage found) {
    List<String> signatures = new ArrayList<>();
    for (SignatureClaim claim : found.claims()) {
      signatures.add(
          "signature "
              + claim.binding().role()
              + " "
              + claim.algorithm().label()
              + " "
              + claim.signingTime()
              + " "
              + Digests.sha384(claim.value()).substring(0, 16));
    }
    return signatures;
  }
}
