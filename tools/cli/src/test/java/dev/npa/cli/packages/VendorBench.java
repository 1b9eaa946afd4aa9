// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Verb;
import dev.npa.cli.VerbRun;
import dev.npa.cli.keys.KeysVerbs;
import dev.npa.cli.trust.TrustVerbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A vendor's directory with keys, classes and packages, made by the verbs themselves.
public record VendorBench(Path dir, Path classes) {
  /// One whose keys and packages are of both algorithms.
  public static final List<String> BOTH = List.of("--algorithms", "EC-P384,ML-DSA-65");

  public VendorBench {
    try {
      Path password =
          Files.createFile(
              dir.resolve("password"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, "correct horse\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// A bench with the files that another has made: to make keys takes long, on purpose.
  public static VendorBench like(VendorBench other, Path dir) throws IOException {
    VendorBench bench = new VendorBench(dir, other.classes);
    try (Stream<Path> files = Files.list(other.dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file,
            dir.resolve(file.getFileName()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return bench;
  }

  public String path(String name) {
    return dir.resolve(name).toString();
  }

  public VerbRun makeKeys(String name, List<String> more) {
    List<String> options = new ArrayList<>(List.of("new", path(name), "--dev", "--vendor", "acme"));
    options.addAll(List.of("--pci", "8086", "--packages", "org.kawela"));
    options.addAll(more);
    return keys(options.toArray(String[]::new));
  }

  /// `npa keys` with the password of this vendor.
  public VerbRun keys(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--password-file", path("password")));
    return run(KeysVerbs.all(), all.toArray(String[]::new));
  }

  public VerbRun build(String name, List<String> more) {
    return build(name, "GPL-2.0-or-later", more);
  }

  public VerbRun build(String name, String licence, List<String> more) {
    List<String> options = new ArrayList<>(List.of(classes.toString(), "--id", "org.kawela.vf"));
    options.addAll(List.of("--version", "1.0.0", "--class", "org.kawela.vf.KawelaPlugin"));
    options.addAll(List.of("--devices", "8086:10ca", "--licence", licence));
    options.addAll(List.of("--out", path(name)));
    options.addAll(more);
    return run(new BuildVerb(), options.toArray(String[]::new));
  }

  public VerbRun sign(String unsigned, String signed, String keys, String... more) {
    List<String> options = new ArrayList<>(List.of(path(unsigned), "--key", path(keys)));
    options.addAll(List.of("--out", path(signed), "--password-file", path("password")));
    options.addAll(List.of(more));
    return run(new SignVerb(), options.toArray(String[]::new));
  }

  public VerbRun trust(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--trust", path("store")));
    return run(TrustVerbs.all(), all.toArray(String[]::new));
  }

  public VerbRun verify(String name, String... more) {
    List<String> all = new ArrayList<>(List.of(path(name), "--trust", path("store")));
    all.addAll(List.of(more));
    return run(new VerifyVerb(), all.toArray(String[]::new));
  }

  /// Keys, a signed package `p.npa.jar` and a store that trusts it.
  public void makeAll(List<String> algorithms) {
    ok(makeKeys("keys.p12", algorithms));
    ok(build("p.unsigned.jar", algorithms));
    ok(sign("p.unsigned.jar", "p.npa.jar", "keys.p12"));
    ok(trust("add", path("keys.root.pem")));
  }

  public static void ok(VerbRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
  }

  private static VerbRun run(Verb verb, String... arguments) {
    return VerbRun.of(verb, arguments);
  }
}
