// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa version`: what runs, on what.
final class VersionVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("version");
    spec.usageMessage().description("Print the version of npa and of the JVM it runs on.");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) {
    out.println("npa " + version());
    out.println(System.getProperty("java.vm.name") + " " + Runtime.version());
    return ExitCode.OK;
  }

  /// The module's, or the JAR's where a short verb starts from the class path.
  private static String version() {
    return Optional.ofNullable(Npa.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(Npa.class.getPackage().getImplementationVersion()))
        .orElse("without a version");
  }
}
