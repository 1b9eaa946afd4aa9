// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.keys.Algorithms;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.packaging.PackageBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa build`: the canonical unsigned package. Same classes and options, same bytes, on any
/// machine.
public final class BuildVerb implements Verb {
  private static final String OUT = "--out";
  private static final String ALGORITHMS = "--algorithms";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("build");
    spec.usageMessage()
        .description(
            "Build the canonical unsigned package from a directory of classes.",
            "What lies below META-INF/npa/ there goes into it too: source, licence texts, and the"
                + " bill of materials if the plugin brings other people's classes along.",
            "The same content gives the same bytes, whatever the time zone, the umask or the"
                + " machine.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("CLASSES")
            .type(String.class)
            .arity("1")
            .required(true)
            .description("Directory that the compiler wrote to, for instance target/classes.")
            .build());
    Descriptor.addOptionsTo(spec);
    spec.addOption(
        OptionSpec.builder("-o", OUT)
            .paramLabel("FILE")
            .type(String.class)
            .description("The package. Default: ID-VERSION.unsigned.jar here.")
            .build());
    spec.addOption(
        Options.text(
            ALGORITHMS,
            "NAME,...",
            "Signatures that the manifest promises, so that none can be taken away: EC-P384,"
                + " ML-DSA-65, or both. Default: EC-P384."));
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec,
        "npa build target/classes --descriptor plugin.properties",
        "npa build target/classes --id acme.xg200 --version 1.4.2 --class com.acme.XgPlugin \\",
        "    --devices 8086:10ca --licence GPL-2.0-or-later --sources src,build.sh");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    Descriptor descriptor = Descriptor.of(given);
    PluginManifest manifest = descriptor.manifest();
    ClassFiles classes = ClassFiles.below(given.matchedPositionalValue(0, ""));
    byte[] bytes = build(manifest, classes, descriptor.sources(), given);
    return switch (UnsignedPackage.read(bytes)) {
      case Verdict.Refused<UnsignedPackage>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        Verb.talk(given).println("npa: nothing was written");
        yield ExitCode.REFUSED;
      }
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage found) -> {
        Path file = target(given, manifest);
        OutputFile.write(file, bytes, Audience.EVERYONE, OutputFile.mayOverwrite(given));
        out.println(file + ": " + classes.entries().size() + " classes, " + bytes.length + " B");
        out.println("payload sha384:" + found.payloadId());
        if (classes.leftOut() > 0) {
          Verb.talk(given).println("left out: " + classes.leftOut() + " descriptors without code");
        }
        Verb.talk(given).println("next: npa sign " + file + " --key KEYS");
        yield ExitCode.OK;
      }
    };
  }

  private static byte[] build(
      PluginManifest manifest, ClassFiles classes, Map<String, byte[]> sources, ParseResult given) {
    PackageBuilder builder =
        new PackageBuilder(manifest)
            .promising(
                Algorithms.parse(ALGORITHMS, given.matchedOptionValue(ALGORITHMS, "EC-P384")));
    classes.entries().forEach(builder::add);
    Map<String, byte[]> texts = new TreeMap<>(classes.texts());
    texts.putAll(sources);
    texts.forEach(builder::add);
    Stream.of(manifest.licence().orElse("").split("[ ()]+", -1))
        .distinct()
        .filter(LicenceTexts::isSameForEverybody)
        .filter(id -> !texts.containsKey(PackageFormat.LICENCE_TEXTS + id + ".txt"))
        .forEach(builder::addLicenceText);
    return builder.build();
  }

  private static Path target(ParseResult given, PluginManifest manifest) throws IOException {
    String standard = manifest.pluginId() + "-" + manifest.version() + ".unsigned.jar";
    return InputFile.path(given.matchedOptionValue(OUT, standard));
  }
}
