// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.Digests;
import dev.npa.cli.ExitCode;
import dev.npa.cli.TestImage;
import dev.npa.cli.VerbRun;
import dev.npa.testbed.SamplePlugin;
import dev.npa.verifier.PluginManifest;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.source.BuildRecipe;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.PackageBuilder;
import dev.npa.verifier.packaging.SourceArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the sample plugin, as Maven compiled it.
final class SourceVerbsTest {
  private static final String PLUGIN =
      SourceFiles.DIRECTORY + "src/main/java/org/kawela/vf/KawelaPlugin.java";

  @TempDir Path dir;
  private UnverifiedPackage sample;

  @BeforeEach
  void buildSample() throws IOException {
    byte[] bytes = SamplePlugin.fromImage(TestImage.in(dir)).unsignedPackage();
    sample =
        switch (UnverifiedPackage.read(bytes)) {
          case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage read) -> read;
          case Verdict.Refused<UnverifiedPackage> refused -> throw new AssertionError(refused);
        };
  }

  @Test
  void rebuildsThePayloadFromTheSourceInThePackage() throws IOException {
    VerbRun run = verify(write(sample.manifest(), sample.entries()));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("payload sha384:").contains("is that of the package");
  }

  @Test
  void namesTheClassThatTheSourceGivesDifferently() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>(sample.entries());
    String source = new String(entries.get(PLUGIN), StandardCharsets.UTF_8);
    entries.put(PLUGIN, source.replaceFirst("\n\n", "\n\n\n").getBytes(StandardCharsets.UTF_8));

    VerbRun run = verify(write(sample.manifest(), entries));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .startsWith("error[NPA-L009]: ")
        .contains("  --> org/kawela/vf/KawelaPlugin.class\n");
  }

  @Test
  void refusesSourceThatDoesNotCompile() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>(sample.entries());
    entries.put(
        PLUGIN,
        "// SPDX-License-Identifier: GPL-2.0-or-later\nclass {".getBytes(StandardCharsets.UTF_8));

    VerbRun run = verify(write(sample.manifest(), entries));

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .startsWith("error[NPA-L009]: ")
        .contains("does not compile: src/main/java/org/kawela/vf/KawelaPlugin.java:2: error: ");
  }

  @Test
  void needsTheArchiveOfAPackageThatOnlyOffersIt() throws IOException {
    VerbRun run = verify(offering("0".repeat(96)));

    run.assertFailure("--source");
  }

  @Test
  void rebuildsFromTheArchiveThatWasPromised() throws IOException {
    byte[] archive = SourceArchive.write(SourceFiles.inPackage(sample.entries()));
    Path file = Files.write(dir.resolve("source.zip"), archive);

    VerbRun run = verify(offering(Digests.sha384(archive)), "--source", file.toString());

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusesAnArchiveThatWasNotPromised() throws IOException {
    Path file =
        Files.write(
            dir.resolve("source.zip"),
            SourceArchive.write(SourceFiles.inPackage(sample.entries())));

    VerbRun run = verify(offering("0".repeat(96)), "--source", file.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .startsWith("error[NPA-L009]: ")
        .contains("  --> META-INF/MANIFEST.MF NPA-Source-Digest\n");
  }

  @Test
  void packsTheSameTreeToTheSameBytes() throws IOException {
    Path tree = tree();
    VerbRun first = pack(tree, "a.zip");
    VerbRun second = pack(tree, "b.zip");

    assertThat(first.exitCode()).as(first.out()).isEqualTo(ExitCode.OK);
    assertThat(second.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(dir.resolve("a.zip")).hasSameBinaryContentAs(dir.resolve("b.zip"));
  }

  @Test
  void packsNothingWithoutHeaders() throws IOException {
    Path tree = tree();
    Files.writeString(tree.resolve("src/main/java/Other.java"), "class Other {}\n");

    VerbRun run = pack(tree, "a.zip");

    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.out())
        .startsWith("error[NPA-L014]: ")
        .contains("  --> src/main/java/Other.java\n");
    assertThat(dir.resolve("a.zip")).doesNotExist();
  }

  @Test
  void packsOverNoFileUnlessToldTo() throws IOException {
    Path tree = tree();
    Files.writeString(dir.resolve("a.zip"), "mine");

    pack(tree, "a.zip").assertFailure("--overwrite replaces it");
    assertThat(dir.resolve("a.zip")).hasContent("mine");
  }

  @Test
  void compilesAgainstWhatIsAnSdkOnly() throws IOException {
    verify(write(sample.manifest(), sample.entries()), "--sdk", "missing.jar")
        .assertFailure("missing.jar: neither a JAR nor a directory");
  }

  private Path tree() throws IOException {
    Path tree = dir.resolve("tree");
    SourceFiles sources = SourceFiles.inPackage(sample.entries());
    for (Map.Entry<String, byte[]> file : sources.files().entrySet()) {
      Path target = tree.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    assertThat(tree.resolve(BuildRecipe.FILE)).exists();
    return tree;
  }

  private VerbRun pack(Path tree, String file) {
    return VerbRun.of(
        SourceVerbs.group(),
        "pack",
        tree.toString(),
        "--out",
        dir.resolve(file).toString(),
        "--licence",
        "GPL-2.0-or-later");
  }

  /// The sample with its source elsewhere.
  private Path offering(String digest) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>(sample.entries());
    entries.keySet().removeIf(name -> name.startsWith(SourceFiles.DIRECTORY));
    return write(
        sample.manifest().withSourceAt("https://example.com/s.zip", digest, "2099-12-31"), entries);
  }

  private Path write(PluginManifest manifest, Map<String, byte[]> entries) throws IOException {
    PackageBuilder builder = new PackageBuilder(manifest);
    entries.forEach(
        (name, content) -> {
          if (!name.equals("META-INF/MANIFEST.MF")) {
            builder.add(name, content);
          }
        });
    return Files.write(dir.resolve("plugin.jar"), builder.build());
  }

  private static VerbRun verify(Path file, String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "verify";
    all[1] = file.toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return VerbRun.of(SourceVerbs.group(), all);
  }
}
