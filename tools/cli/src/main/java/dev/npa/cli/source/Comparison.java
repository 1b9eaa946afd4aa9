// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.cli.Digests;
import dev.npa.cli.files.InputFile;
import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.source.BuildRecipe;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.PackageBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// A package against what its source builds to.
///
/// @param payloadId SHA-384 of the rebuilt package's manifest, which lists every entry by digest
/// @param refusals why the source is not that of the package
record Comparison(String payloadId, int classes, List<Refusal> refusals) {

  private static final String CLASS = ".class";
  private static final String TEXTS = "META-INF/npa/";
  private static final String WITHOUT_CODE = "package-info";

  Comparison {
    refusals = List.copyOf(refusals);
  }

  String good() {
    return ": "
        + classes
        + " classes rebuilt, payload sha384:"
        + payloadId
        + " is that of the package";
  }

  /// @param archive the source, if it is not in the package
  /// @throws IOException if it cannot be tried
  static Comparison of(UnverifiedPackage content, Optional<String> archive, Path sdk)
      throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    Optional<SourceFiles> sources = sources(content, archive, refusals);
    if (sources.isEmpty()) {
      return new Comparison("", 0, refusals);
    }
    byte[] text = sources.get().files().get(BuildRecipe.FILE);
    if (text == null) {
      throw new IOException(
          "the source has no "
              + BuildRecipe.FILE
              + ", and npa runs no other recipe of a vendor; build it by hand and compare");
    }
    return switch (BuildRecipe.read(text, SourceFiles.DIRECTORY + BuildRecipe.FILE)) {
      case Verdict.Refused<BuildRecipe>(List<Refusal> bad) -> new Comparison("", 0, bad);
      case Verdict.Accepted<BuildRecipe>(BuildRecipe recipe) ->
          compare(content, recipe, new Rebuild(recipe, sources.get(), List.of(sdk)).run());
    };
  }

  private static Optional<SourceFiles> sources(
      UnverifiedPackage content, Optional<String> archive, List<Refusal> refusals)
      throws IOException {
    SourceFiles inside = SourceFiles.inPackage(content.entries());
    if (!inside.files().isEmpty()) {
      return Optional.of(inside);
    }
    if (archive.isEmpty()) {
      throw new IOException(
          "the package only offers its source, at "
              + content.manifest().source().orElse("no address")
              + "; fetch it and name it with --source");
    }
    byte[] bytes = InputFile.readAll(archive.get(), SourceZip.MAX_BYTES, "a source archive");
    String digest = "sha384:" + Digests.sha384(bytes);
    String promised = content.manifest().sourceDigest().orElse("none");
    if (!digest.equals(promised)) {
      refusals.add(
          new Refusal(
              RuleId.L009_SOURCE_DIFFERS,
              new Location.Entry(PackageFormat.MANIFEST + " " + PackageFormat.SOURCE_DIGEST),
              archive.get() + " is " + digest + ", the package promises " + promised,
              "get the archive that was promised"));
      return Optional.empty();
    }
    return Optional.of(SourceZip.read(archive.get(), bytes));
  }

  private static Comparison compare(
      UnverifiedPackage content, BuildRecipe recipe, Rebuild.Result built) {
    List<Refusal> refusals = new ArrayList<>();
    if (built.classes().isEmpty()) {
      refuse(refusals, SourceFiles.DIRECTORY, "does not compile: " + built.firstError());
      return new Comparison("", 0, refusals);
    }
    String compilers =
        recipe
                .compiler()
                .equals(
                    "javac "
                        + Runtime.version().version().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(".")))
            ? ""
            : "; made by " + recipe.compiler() + ", rebuilt by " + Runtime.version();
    SortedMap<String, byte[]> classes = built.classes();
    content
        .entries()
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(CLASS)) {
                byte[] again = classes.get(name.substring(0, name.length() - CLASS.length()));
                if (again == null) {
                  refuse(refusals, name, "the source does not give this class");
                } else if (!Arrays.equals(again, bytes)) {
                  refuse(
                      refusals,
                      name,
                      "the source gives another class, " + first(bytes, again) + compilers);
                }
              }
            });
    for (String name : classes.keySet()) {
      if (!content.entries().containsKey(name + CLASS) && !name.endsWith(WITHOUT_CODE)) {
        refuse(refusals, name + CLASS, "the source gives it, the package has it not");
      }
    }
    String payload = payload(content, classes);
    String published = content.payloadId();
    if (refusals.isEmpty() && !payload.equals(published)) {
      refuse(refusals, PackageFormat.MANIFEST, "payload " + published + ", rebuilt " + payload);
    }
    return new Comparison(payload, classes.size(), refusals);
  }

  private static String first(byte[] a, byte[] b) {
    return a.length + " bytes against " + b.length + ", first at " + Arrays.mismatch(a, b);
  }

  /// What the packager makes of the rebuilt classes and the package's other entries. Signatures are
  /// no part of it.
  private static String payload(UnverifiedPackage content, Map<String, byte[]> classes) {
    PackageBuilder builder = new PackageBuilder(content.manifest()).promising(content.promised());
    content
        .entries()
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(CLASS)) {
                byte[] again = classes.get(name.substring(0, name.length() - CLASS.length()));
                if (again != null) {
                  builder.add(name, again);
                }
              } else if (name.startsWith(TEXTS)) {
                builder.add(name, bytes);
              }
            });
    return switch (UnverifiedPackage.read(builder.build())) {
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage again) -> again.payloadId();
      case Verdict.Refused<UnverifiedPackage> refused -> "none";
    };
  }

  private static void refuse(List<Refusal> refusals, String entry, String detail) {
    refusals.add(
        new Refusal(
            RuleId.L009_SOURCE_DIFFERS,
            new Location.Entry(entry),
            Printable.text(detail),
            "publish the source that this package was built from"));
  }
}
