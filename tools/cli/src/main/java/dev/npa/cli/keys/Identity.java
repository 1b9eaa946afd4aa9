// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.Holder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Who a new key belongs to, what it may sign, and by which algorithms: options of the verbs that
/// make keys.
record Identity(Holder holder, KeyUse use, Set<SignatureAlgorithm> algorithms) {
  private static final String USE = "--use";
  private static final String VENDOR = "--vendor";
  private static final String PCI = "--pci";
  private static final String PACKAGES = "--packages";
  private static final String ALGORITHMS = "--algorithms";

  static void addOptionsTo(CommandSpec spec) {
    spec.addOption(
        Options.required(
            VENDOR, "NAME", "Vendor: lower-case words joined by . or -, as acme-nics."));
    spec.addOption(
        Options.text(
            USE,
            "USE",
            "origin: signs plugins; certification: counter-signs packages; bundle: signs trust"
                + " bundles. Default: origin."));
    spec.addOption(
        Options.text(PCI, "VVVV,...", "PCI vendor ids whose devices its plugins may claim, hex."));
    spec.addOption(
        Options.text(PACKAGES, "PACKAGE,...", "Java packages its classes may lie in or below."));
    spec.addOption(
        Options.text(ALGORITHMS, "NAME,...", "EC-P384, ML-DSA-65, or both. Default: EC-P384."));
  }

  private static KeyUse use(ParseResult given) {
    return KeyUse.parse(USE, given.matchedOptionValue(USE, "origin"));
  }

  static Identity of(ParseResult given) {
    List<Integer> vendors = list(given, PCI).map(Identity::pciVendor).toList();
    List<String> packages = list(given, PACKAGES).toList();
    try {
      Holder holder = Holder.vendor(given.matchedOptionValue(VENDOR, ""), vendors, packages);
      return new Identity(holder, use(given), algorithms(given));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static Set<SignatureAlgorithm> algorithms(ParseResult given) {
    return Algorithms.parse(ALGORITHMS, given.matchedOptionValue(ALGORITHMS, "EC-P384"));
  }

  private static Stream<String> list(ParseResult given, String option) {
    String text = given.matchedOptionValue(option, "");
    return Stream.of(text.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
  }

  private static int pciVendor(String text) {
    if (!text.matches("(0[xX])?[0-9a-fA-F]{4}")) {
      throw new UsageException(PCI + " " + text + " is not four hexadecimal digits, as 8086");
    }
    return Integer.parseInt(text.substring(text.length() - 4), 16);
  }
}
