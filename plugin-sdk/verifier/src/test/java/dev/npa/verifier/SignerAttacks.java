// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static dev.npa.verifier.RuleId.P018_FOREIGN_PACKAGE;
import static dev.npa.verifier.RuleId.P019_FOREIGN_DEVICE;
import static dev.npa.verifier.RuleId.S005_WRONG_ALGORITHM;
import static dev.npa.verifier.RuleId.S007_SIGNATURE_SET;
import static dev.npa.verifier.RuleId.S010_SIGNATURE_INVALID;
import static dev.npa.verifier.RuleId.S011_UNTRUSTED_CHAIN;
import static dev.npa.verifier.RuleId.S019_STRIPPED;
import static dev.npa.verifier.RuleId.S020_ROLE;
import static dev.npa.verifier.RuleId.S021_LEVEL;
import static dev.npa.verifier.RuleId.S022_DUPLICATE_SIGNATURE;
import static dev.npa.verifier.RuleId.S023_SIGNERS_DISAGREE;
import static dev.npa.verifier.RuleId.S024_HOLDER;
import static dev.npa.verifier.RuleId.T010_LEVEL;

import dev.npa.verifier.packaging.CertificateUse;
import dev.npa.verifier.packaging.ForgedBlock;
import dev.npa.verifier.packaging.ForgedCms;
import dev.npa.verifier.packaging.Hybrid;
import dev.npa.verifier.packaging.OddKeys;
import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/// Who signed, in which role, with what: signers who are trusted, but not for this.
final class SignerAttacks {

  private static final PluginBinding ORIGIN = Samples.manifest().originBinding();
  private static final PluginBinding CERTIFIED =
      Samples.manifest().certificationBinding(AcceptanceLevel.CERTIFIED);
  private static final PluginBinding ACCEPTED =
      Samples.manifest().certificationBinding(AcceptanceLevel.ACCEPTED);

  private SignerAttacks() {}

  static Stream<Attack> all() {
    try {
      return Stream.of(roles(), limits(), several(), hybrid()).flatMap(List::stream);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Attack> roles() throws GeneralSecurityException, IOException {
    SigningKey accepter = OddKeys.certifier(AcceptanceLevel.ACCEPTED);
    SigningKey good = OddKeys.good();
    Trust enrolled =
        Trust.of(Samples.ANCHORS)
            .enrolling(OddKeys.ANCHORS.roots())
            .under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.COMMUNITY));
    return List.of(
        odd("certifier as origin", S020_ROLE, "CN=certifier", accepter),
        odd("no certificate policy", S020_ROLE, "CN=odd", OddKeys.withoutPolicy()),
        odd("issuer may not name vendors", S020_ROLE, "CN=leaf", OddKeys.belowCertifiers()),
        Attack.of(
                "level above the certificate's",
                S021_LEVEL,
                "CN=certifier",
                block().by(good, ORIGIN).by(accepter, CERTIFIED).seal())
            .under(OddKeys.ANCHORS),
        Attack.of(
                "certification without origin",
                S007_SIGNATURE_SET,
                "block",
                block().by(accepter, ACCEPTED).seal())
            .under(OddKeys.ANCHORS),
        Attack.of(
                "certification by an enrolled key",
                S020_ROLE,
                "CN=certifier",
                block().by(Samples.PKI.vendorKey(), ORIGIN).by(accepter, ACCEPTED).seal())
            .under(enrolled),
        Attack.of(
                "enrolled key below the minimum",
                T010_LEVEL,
                "block",
                block().by(good, ORIGIN).seal())
            .under(Trust.of(Samples.ANCHORS).enrolling(OddKeys.ANCHORS.roots())),
        Attack.of("vendor alone where accepted is wanted", T010_LEVEL, "block", Samples.signed())
            .under(
                Trust.of(Samples.ANCHORS)
                    .under(TrustPolicy.STANDARD.atLeast(AcceptanceLevel.ACCEPTED))));
  }

  private static List<Attack> limits() throws GeneralSecurityException {
    Holder otherDevices = Holder.vendor("odd", List.of(0x14e4), List.of("example"));
    Holder otherPackages = Holder.vendor("odd", List.of(0x8086), List.of("com.acme"));
    Holder likePrefix = Holder.vendor("odd", List.of(0x8086), List.of("example.ni"));
    Holder nothing = Holder.platform("odd");
    return List.of(
        odd("another vendor's PCI id", P019_FOREIGN_DEVICE, "Device-Ids", origin(otherDevices)),
        odd(
            "another vendor's package",
            P018_FOREIGN_PACKAGE,
            "Plugin.class",
            origin(otherPackages)),
        odd("package that begins alike", P018_FOREIGN_PACKAGE, "Plugin.class", origin(likePrefix)),
        odd("certificate for nothing", P019_FOREIGN_DEVICE, "Device-Ids", origin(nothing)),
        odd("issuer for others", P019_FOREIGN_DEVICE, "Device-Ids", OddKeys.belowOtherVendor()),
        odd("no holder extension", S024_HOLDER, "CN=odd", OddKeys.withoutHolder()));
  }

  private static SigningKey origin(Holder holder) throws GeneralSecurityException {
    return OddKeys.used("odd", CertificateUse.origin(holder));
  }

  private static List<Attack> several() throws GeneralSecurityException, IOException {
    SigningKey own = Samples.PKI.vendorKey();
    PluginBinding older =
        new PluginBinding(
            ORIGIN.pluginId(), ORIGIN.version(), 2, CERTIFIED.role(), CERTIFIED.level());
    SigningKey certifier = Samples.PKI.certifierKey(AcceptanceLevel.CERTIFIED);
    return List.of(
        Attack.of(
            "a stranger signs too",
            S011_UNTRUSTED_CHAIN,
            "CN=good",
            block().by(own, ORIGIN).by(OddKeys.good(), ORIGIN).seal()),
        Attack.of(
            "another vendor signs too",
            S022_DUPLICATE_SIGNATURE,
            "block",
            block().by(own, ORIGIN).by(Samples.otherVendor(), ORIGIN).seal()),
        Attack.of(
            "certified twice",
            S022_DUPLICATE_SIGNATURE,
            "block",
            block().by(own, ORIGIN).by(certifier, CERTIFIED).by(certifier, ACCEPTED).seal()),
        Attack.of(
            "certified at another generation",
            S023_SIGNERS_DISAGREE,
            "block",
            block().by(own, ORIGIN).by(certifier, older).seal()));
  }

  /// Packages whose manifest promises both algorithms.
  private static List<Attack> hybrid() throws GeneralSecurityException, IOException {
    TrustPolicy both = TrustPolicy.STANDARD.requiring(EnumSet.allOf(SignatureAlgorithm.class));
    List<Attack> attacks = new ArrayList<>();
    attacks.add(
        Attack.of(
                "P-384 alone where both are wanted", S007_SIGNATURE_SET, "block", Samples.signed())
            .under(Hybrid.TRUST.under(both)));
    attacks.add(
        Attack.of(
                "post-quantum signature stripped",
                S019_STRIPPED,
                "NPA-Signature",
                Hybrid.sealedBy(Hybrid.EC.vendorKey()))
            .under(Hybrid.TRUST));
    attacks.add(
        Attack.of(
                "classical signature stripped",
                S007_SIGNATURE_SET,
                "block",
                Hybrid.sealedBy(Hybrid.PQ.vendorKey()))
            .under(Hybrid.TRUST));
    attacks.add(
        Attack.of(
                "a signature that the manifest does not promise",
                S019_STRIPPED,
                "NPA-Signature",
                block().by(Hybrid.EC.vendorKey(), ORIGIN).by(Hybrid.PQ.vendorKey(), ORIGIN).seal())
            .under(Hybrid.TRUST));
    attacks.add(
        Attack.of(
                "post-quantum signature altered",
                S010_SIGNATURE_INVALID,
                "SignerInfo",
                Hybrid.withPostQuantumSignatureAltered())
            .under(Hybrid.TRUST));
    attacks.add(
        Attack.of(
                "two vendors, one for each algorithm",
                S023_SIGNERS_DISAGREE,
                "block",
                Hybrid.sealedBy(Hybrid.EC.vendorKey(), Hybrid.otherPq()))
            .under(Hybrid.TRUST));
    attacks.add(
        Attack.of(
                "post-quantum root not trusted",
                S011_UNTRUSTED_CHAIN,
                "CN=Example NICs",
                Hybrid.signed())
            .under(Hybrid.EC.trustAnchors()));
    attacks.add(
        Attack.of(
                "post-quantum key below a classical root",
                S005_WRONG_ALGORITHM,
                "CN=mixed",
                block().by(OddKeys.mixedHierarchy(), ORIGIN).seal())
            .under(OddKeys.ANCHORS));
    return attacks;
  }

  private static ForgedBlock block() {
    return new ForgedBlock(Samples.unsigned());
  }

  private static Attack odd(String name, RuleId rule, String place, SigningKey key) {
    return Attack.of(name, rule, place, new ForgedCms(key).sign(Samples.unsigned()))
        .under(OddKeys.ANCHORS);
  }
}
