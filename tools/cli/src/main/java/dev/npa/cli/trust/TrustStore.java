// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.keys.Pem;
import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The operator's trust as files; the package's documentation lists them.
public final class TrustStore {
  private static final String TRUST = "--trust";
  private static final String AS = "--as";
  private static final int LIMIT_BYTES = 1 << 20;

  /// Roots that the owner added: of signers, and of timestamp authorities.
  static final String ENROLLED = "enrolled";

  static final String TIMESTAMPS = "timestamps";

  private final Path directory;

  public TrustStore(Path directory) {
    this.directory = directory;
  }

  /// Adds the options that choose a store.
  public static void addOptionsTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            TRUST,
            "DIR",
            "Trust store. Default: npa/PARTY in $XDG_CONFIG_HOME, else in ~/.config."));
    spec.addOption(
        Options.text(
            AS, "PARTY", "hypervisor or guest: each has a store of its own. Default: hypervisor."));
  }

  /// The store that the options name.
  public static TrustStore of(ParseResult given) throws IOException {
    String party = given.matchedOptionValue(AS, "hypervisor");
    if (!party.equals("hypervisor") && !party.equals("guest")) {
      throw new UsageException(AS + " " + party + " is neither hypervisor nor guest");
    }
    if (given.hasMatchedOption(TRUST)) {
      return new TrustStore(InputFile.path(given.matchedOptionValue(TRUST, "")));
    }
    String configured = System.getenv().getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        configured.startsWith("/")
            ? InputFile.path(configured)
            : InputFile.path(System.getProperty("user.home")).resolve(".config");
    return new TrustStore(base.resolve("npa").resolve(party));
  }

  public Path directory() {
    return directory;
  }

  /// Everything that the gate needs to know.
  ///
  /// @throws IOException if a file cannot be read, others can change it, or the trust bundle in the
  ///   store is refused
  public Trust trust(Instant at) throws IOException {
    List<X509Certificate> platform = platformRoots();
    List<X509Certificate> enrolled = roots(ENROLLED);
    if (platform.isEmpty() && enrolled.isEmpty()) {
      throw new IOException(
          directory + ": trusts nobody yet; run: npa trust add ROOT.pem --trust " + directory);
    }
    TrustAnchors anchors = platform.isEmpty() ? TrustAnchors.none() : TrustAnchors.of(platform);
    TrustPolicy policy = policy(enrolled);
    Trust trust =
        Trust.of(anchors)
            .enrolling(enrolled)
            .timestampedBy(roots(TIMESTAMPS))
            .denying(denials().list())
            .under(policy);
    Optional<byte[]> bundle = read("bundle.der");
    return bundle.isEmpty() ? trust : trust.with(check(bundle.get(), anchors, policy, at));
  }

  private TrustBundle check(byte[] bytes, TrustAnchors anchors, TrustPolicy policy, Instant at)
      throws IOException {
    return switch (TrustBundle.check(bytes, anchors, policy, at)) {
      case Verdict.Accepted<TrustBundle>(TrustBundle bundle) -> bundle;
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) ->
          throw new IOException(
              directory + ": " + refusals.getFirst() + "; run: npa trust update BUNDLE");
    };
  }

  /// What the bundle in force says, even if it has expired.
  Optional<BundleContents> inForce() throws IOException {
    Optional<byte[]> bundle = read("bundle.der");
    if (bundle.isEmpty()) {
      return Optional.empty();
    }
    return switch (TrustBundle.contentsOf(bundle.get())) {
      case Verdict.Accepted<BundleContents>(BundleContents contents) -> Optional.of(contents);
      case Verdict.Refused<BundleContents>(List<Refusal> refusals) ->
          throw new IOException(
              file("bundle.der")
                  + " is damaged: "
                  + refusals.getFirst().detail()
                  + "; remove it, and run: npa trust update BUNDLE");
    };
  }

  /// The platform's roots; empty on a host that only believes its owner.
  public List<X509Certificate> platformRoots() throws IOException {
    Optional<byte[]> bytes = read("platform.pem");
    return bytes.isEmpty() ? List.of() : Pem.certificates(file("platform.pem"), bytes.get());
  }

  /// The platform's roots, which are there.
  List<X509Certificate> requiredPlatformRoots() throws IOException {
    List<X509Certificate> platform = platformRoots();
    if (platform.isEmpty()) {
      throw new IOException(
          directory
              + ": no platform whose bundle to take; run: npa trust add --platform ROOTS.pem");
    }
    return platform;
  }

  /// The roots in a directory of the store.
  private List<X509Certificate> roots(String kind) throws IOException {
    List<X509Certificate> roots = new ArrayList<>();
    for (String name : rootFiles(kind)) {
      Optional<byte[]> bytes = read(name);
      if (bytes.isPresent()) {
        roots.addAll(Pem.certificates(file(name), bytes.get()));
      }
    }
    return roots;
  }

  /// Their files, as names in the store.
  List<String> rootFiles(String kind) throws IOException {
    Path kept = directory.resolve(kind);
    if (!Files.isDirectory(kept)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(kept)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pem") && !name.startsWith("."))
          .sorted()
          .map(name -> kind + "/" + name)
          .toList();
    }
  }

  /// The signed bundle as last taken, unchecked.
  Optional<byte[]> bundle() throws IOException {
    return read("bundle.der");
  }

  /// The highest serial number of a bundle ever taken; 0 if none was.
  public long serial() throws IOException {
    Optional<byte[]> text = read("serial");
    if (text.isEmpty()) {
      return 0;
    }
    String number = new String(text.get(), StandardCharsets.US_ASCII).strip();
    if (!number.matches("[0-9]{1,18}")) {
      throw new IOException(file("serial") + ": not a serial number");
    }
    return Long.parseLong(number);
  }

  Denials denials() throws IOException {
    return Denials.parse(file("denied"), text("denied"));
  }

  /// The policy file's, the highest serial number seen, and a minimum level: partner, unless the
  /// owner enrolled a root, which would mean nothing if its level were not enough.
  private TrustPolicy policy(List<X509Certificate> enrolled) throws IOException {
    AcceptanceLevel standard =
        enrolled.isEmpty() ? AcceptanceLevel.PARTNER : AcceptanceLevel.COMMUNITY;
    return PolicyFile.parse(file("policy"), text("policy"), TrustPolicy.STANDARD.atLeast(standard))
        .notBefore(serial());
  }

  TrustPolicy policy() throws IOException {
    return policy(roots(ENROLLED));
  }

  private String text(String name) throws IOException {
    return new String(read(name).orElse(new byte[0]), StandardCharsets.UTF_8);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private Optional<byte[]> read(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file)
        ? Optional.of(InputFile.readGuarded(file.toString(), LIMIT_BYTES, "a trust store's file"))
        : Optional.empty();
  }

  void write(String name, byte[] bytes, boolean overwrite) throws IOException {
    Path target = directory.resolve(name);
    OwnedDirectory.create(target.getParent());
    OutputFile.write(target, bytes, Audience.OWNER, overwrite);
  }

  void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }
}
