// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.ProductImage;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa new`: a plugin that compiles, passes the gate and drives nothing yet.
public final class NewVerb implements Verb {
  private static final String VENDOR = "--vendor";
  private static final String PCI = "--pci";
  private static final String SAMPLE_PACKAGE = "com.example.plugin";

  /// Files of the project. The resources are named `.txt`: they are the vendor's, not our sources.
  private static final List<String> FILES =
      List.of("README.md", "build.sh", "plugin.properties", "SkeletonPlugin.java");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("new");
    spec.usageMessage()
        .description(
            "Make a plugin project that builds and passes the gate.",
            "It drives nothing yet: fill in the nine entry points. Licence GPL-2.0-or-later.");
    Options.positional(spec, "DIR", "1", "A directory that is not there yet.");
    spec.addOption(Options.required(VENDOR, "NAME", "Vendor: a lower-case word, as acme."));
    spec.addOption(Options.required(PCI, "VVVV:DDDD", "The virtual function it drives."));
    Teaching.examples(spec, "npa new acme-xg200 --vendor acme --pci 8086:10ca");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String vendor = given.matchedOptionValue(VENDOR, "");
    String pci = given.matchedOptionValue(PCI, "").toLowerCase(Locale.ROOT);
    if (!vendor.matches("[a-z][a-z0-9]{0,30}")) {
      throw new UsageException(VENDOR + " " + vendor + " is not a lower-case word");
    }
    if (!pci.matches("[0-9a-f]{4}:[0-9a-f]{4}")) {
      throw new UsageException(PCI + " " + pci + " is not vvvv:dddd in hexadecimal");
    }
    String name = given.matchedPositionalValue(0, "");
    Path directory = InputFile.path(name);
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(name + ": is there already; name a new directory");
    }
    String javaPackage = "com." + vendor + ".plugin";
    Path sources = directory.resolve("src").resolve(javaPackage.replace('.', '/'));
    Files.createDirectories(sources);
    for (String file : FILES) {
      String text =
          resource(file)
              .replace(SAMPLE_PACKAGE, javaPackage)
              .replace("8086:10ca", pci)
              .replace("@VENDOR@", vendor)
              .replace("@PCI-VENDOR@", pci.substring(0, 4));
      Path target = (file.endsWith(".java") ? sources : directory).resolve(file);
      OutputFile.write(target, text.getBytes(StandardCharsets.UTF_8), Audience.EVERYONE, false);
      out.println(target);
    }
    Path api = directory.resolve("lib").resolve("npa-plugin-api.jar");
    Files.createDirectories(api.getParent());
    OutputFile.write(api, Files.readAllBytes(ProductImage.pluginApi()), Audience.EVERYONE, false);
    out.println(api);
    Verb.talk(given).println("next: cd " + name + "; read README.md");
    return ExitCode.OK;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = NewVerb.class.getResourceAsStream("skeleton/" + name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
