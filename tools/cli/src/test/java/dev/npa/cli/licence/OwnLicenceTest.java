// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.licence.LicenceTexts;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import dev.npa.verifier.licence.Whole;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the gate asks of a plugin, asked of this project.
final class OwnLicenceTest {
  private static final String OWN = "MIT";
  private static final Pattern LICENCE =
      Pattern.compile("<license>\\s*<name>\\s*([^<]+?)\\s*</name>");
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>(.*?)</parent>");

  @Test
  void everySourceFileStatesItsLicence() throws IOException {
    HeaderScan scan = HeaderScan.below(root(), Optional.empty());

    assertThat(scan.refusals()).isEmpty();
    assertThat(scan.stated()).hasSizeGreaterThan(100);
    scan.stated()
        .forEach((file, licence) -> assertThat(licence).as(file).hasToString(expected(file)));
  }

  /// A plugin is linked into a GPL driver; OSADL's figures are OSADL's.
  private static String expected(String file) {
    if (file.endsWith("licence/compatibility.tsv")) {
      return "CC-BY-4.0";
    }
    return file.matches("sample-plugins/[^/]+/.*") ? "GPL-2.0-or-later" : OWN;
  }

  @Test
  void licenceTextsAreTheKnownOnes() throws IOException {
    assertThat(LicenceTexts.identify(Files.readAllBytes(root().resolve("LICENSE")))).contains(OWN);
    assertThat(
            LicenceTexts.identify(
                Files.readAllBytes(root().resolve("sample-plugins/kawela/LICENSE"))))
        .contains("GPL-2.0");
  }

  @Test
  void everyLibraryOfTheImageMayBePartOfTheWhole() throws IOException {
    Map<String, SpdxExpression> libraries = new TreeMap<>();
    for (Path jar : librariesOf("dev.npa.cli")) {
      libraries.put(jar.getFileName().toString(), licence(jar));
    }

    assertThat(libraries.keySet())
        .anyMatch(n -> n.startsWith("asm-"))
        .anyMatch(n -> n.startsWith("bcpkix"));
    assertThat(libraries)
        .allSatisfy(
            (jar, licence) -> {
              Whole.Fit fit = Whole.under(OWN).fit(licence);
              assertThat(fit.allowed()).as(jar + ": " + fit.answers()).isTrue();
            });
  }

  /// JARs of all modules that a module reads, directly or not, but this project's and the JDK's.
  private static List<Path> librariesOf(String module) {
    Set<ResolvedModule> seen = new HashSet<>();
    List<ResolvedModule> open = new ArrayList<>();
    open.add(ModuleLayer.boot().configuration().findModule(module).orElseThrow());
    while (!open.isEmpty()) {
      ResolvedModule next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(next.reads());
      }
    }
    return seen.stream()
        .filter(resolved -> !resolved.name().startsWith("dev.npa."))
        .flatMap(resolved -> resolved.reference().location().stream())
        .filter(location -> location.getScheme().equals("file"))
        .map(OwnLicenceTest::path)
        .filter(path -> path.toString().endsWith(".jar"))
        .toList();
  }

  private static Path path(URI location) {
    return Path.of(location);
  }

  /// Of the POM beside the JAR in the local repository, or the next parent that states one.
  private static SpdxExpression licence(Path jar) throws IOException {
    Path pom = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".pom"));
    while (true) {
      String text = Files.readString(pom);
      Matcher licence = LICENCE.matcher(text);
      if (licence.find()) {
        return means(licence.group(1), jar);
      }
      Matcher parent = PARENT.matcher(text);
      assertThat(parent.find()).as("no licence in " + pom).isTrue();
      pom = parentPom(jar, parent.group(1));
    }
  }

  private static Path parentPom(Path jar, String parent) throws IOException {
    String artifact = element(parent, "artifactId");
    String version = element(parent, "version");
    Path relative =
        Path.of(
            element(parent, "groupId").replace('.', '/'),
            artifact,
            version,
            artifact + "-" + version + ".pom");
    for (Path up = jar.getParent(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve(relative))) {
        return up.resolve(relative);
      }
    }
    throw new IOException("no " + relative + " in the repository of " + jar);
  }

  private static String element(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">\\s*([^<]+?)\\s*</").matcher(xml);
    assertThat(matcher.find()).as(name + " in " + xml).isTrue();
    return matcher.group(1);
  }

  private static SpdxExpression means(String name, Path jar) {
    return switch (LicenceName.read(name)) {
      case LicenceName.Means(String expression) -> SpdxParser.known(expression).orElseThrow();
      case LicenceName.Unclear(String why) -> throw new AssertionError(jar + ": " + why);
    };
  }

  private static Path root() throws IOException {
    Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries).anyMatch(entry -> entry.endsWith("plugin-sdk"));
    }
    return root;
  }
}
