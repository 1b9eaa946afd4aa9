// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// What the launcher's build runs to fill the JVM's ahead-of-time cache: the short verbs in one
/// process, on the sample plugin. Fails if one of them does not end as it must.
///
/// Usage: the product's image and an empty directory of its own.
final class Rehearsal {
  private static final String PACKAGE = "sample.npa.jar";

  private final Path image;
  private final Path stage;

  private Rehearsal(Path image, Path stage) {
    this.image = image;
    this.stage = stage;
  }

  public static void main(String[] args) throws IOException {
    new Rehearsal(Path.of(args[0]), Path.of(args[1])).run();
  }

  private void run() throws IOException {
    unpack();
    Path secret = file("password");
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, "a rehearsal only");
    String[] password = {"--password-file", secret.toString()};
    // Under the launcher the store is where that of every user is: looking there is rehearsed too.
    String[] trust =
        stage.toString().equals(System.getenv("XDG_CONFIG_HOME"))
            ? new String[0]
            : new String[] {"--trust", file("trust").toString()};
    String keys = file("keys.p12").toString();
    String unsigned = file("sample.unsigned.jar").toString();
    String signed = file(PACKAGE).toString();
    String both = "EC-P384,ML-DSA-65";
    must(ExitCode.OK, "--help");
    must(ExitCode.OK, "version");
    must(
        ExitCode.OK,
        all(
            password,
            "keys",
            "new",
            keys,
            "--dev",
            "--vendor",
            "rehearsal",
            "--pci",
            "8086",
            "--packages",
            "org.kawela",
            "--algorithms",
            both));
    must(ExitCode.OK, all(password, "keys", "list", "--key", keys));
    must(
        ExitCode.OK,
        "build",
        file("classes").toString(),
        "--id",
        "org.kawela.vf",
        "--version",
        "1.0.0",
        "--class",
        "org.kawela.vf.KawelaPlugin",
        "--devices",
        "8086:10ca",
        "--licence",
        "GPL-2.0-or-later",
        "--algorithms",
        both,
        "--out",
        unsigned);
    must(ExitCode.OK, all(password, "sign", unsigned, "--key", keys, "--out", signed));
    must(ExitCode.OK, all(trust, "trust", "add", file("keys.root.pem").toString()));
    must(ExitCode.OK, all(trust, "trust", "show"));
    for (String format : List.of("text", "json", "sarif")) {
      must(ExitCode.OK, all(trust, "verify", signed, "--output", format));
    }
    must(ExitCode.OK, "inspect", "--entries", signed);
    must(ExitCode.OK, "diff", "--payload", unsigned, signed);
    byte[] broken = Files.readAllBytes(file(PACKAGE));
    broken[broken.length / 2] ^= 1;
    Files.write(file("broken.jar"), broken);
    must(ExitCode.REFUSED, all(trust, "verify", file("broken.jar").toString()));
    must(ExitCode.OK, "explain", "NPA-S006");
    must(ExitCode.USAGE, "verify");
  }

  private void unpack() throws IOException {
    Path jar = image.resolve("plugins").resolve("npa-kawela.jar");
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        boolean packaged =
            entry.getName().endsWith(".class") || entry.getName().startsWith("META-INF/npa/");
        if (packaged && !entry.isDirectory()) {
          Path target = file("classes").resolve(entry.getName()).normalize();
          if (!target.startsWith(stage)) {
            throw new IOException(jar + ": leads out of itself: " + entry.getName());
          }
          Files.createDirectories(target.getParent());
          Files.write(target, zip.readAllBytes());
        }
      }
    }
  }

  private Path file(String name) {
    return stage.resolve(name);
  }

  private static String[] all(String[] last, String... first) {
    String[] both = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, both, first.length, last.length);
    return both;
  }

  private static void must(ExitCode wanted, String... args) {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    ExitCode got =
        new Npa(VerbTable.PRODUCT, nowhere, wanted == ExitCode.OK ? err : nowhere).run(args);
    if (got != wanted) {
      throw new IllegalStateException(List.of(args) + " ended as " + got + ", not as " + wanted);
    }
  }
}
