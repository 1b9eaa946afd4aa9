// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PackageSignature;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.PluginBinding.Role;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.cms.CertificatePath;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.SignedAttributes;
import dev.npa.verifier.cms.SignerCheck;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.Trust;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.cms.SignerInfo;

/// All signatures of a package, every one of which holds, and what they make of it together.
///
/// @param binding what they are about
/// @param holders the limits of whoever signed as origin: all of them apply
/// @param origin certificate path of the P-384 origin signature, if there is one
public record PackageSignatures(
    List<PackageSignature> signatures,
    PluginBinding binding,
    AcceptanceLevel level,
    List<Holder> holders,
    Optional<List<X509Certificate>> origin) {

  private static final Location BLOCK = new Location.Package("signature block");
  private static final String AGAIN = "get the package again from the vendor";

  /// @param content the signed range
  /// @param contentId its SHA-384 in hexadecimal
  public static PackageSignatures verify(
      SignatureBlock block, SignerCheck.Content content, String contentId, Trust trust, Instant at)
      throws RuleBroken {
    CmsSignedData data = CmsSignedData.parse(block.cms(), CmsSignedData.Kind.DETACHED);
    SignerJudgement judgement = new SignerJudgement(trust, at);
    List<X509Certificate> certificates = List.of();
    List<SignerVerdict> verdicts = new ArrayList<>();
    for (SignerInfo info : data.signers()) {
      certificates = certificates.isEmpty() ? data.certificates() : certificates;
      SignerCheck signer =
          SignerCheck.read(
              info,
              CmsSignedData.Kind.DETACHED,
              SignedAttributes.Profile.BOUND,
              content,
              certificates);
      verdicts.add(judgement.judge(signer));
    }
    requireEveryCertificateUsed(certificates, verdicts);
    requireOneEach(verdicts);
    requireAgreement(verdicts);
    requireSet(verdicts, trust, at);
    requireCertificationAsStrong(verdicts);
    PackageSignatures all = combine(verdicts);
    all.requireLevel(trust);
    requireNotDenied(trust, contentId);
    all.requireBundle(trust);
    return all;
  }

  /// What is on nobody's path is vouched for by nobody.
  private static void requireEveryCertificateUsed(
      List<X509Certificate> certificates, List<SignerVerdict> verdicts) throws RuleBroken {
    Set<X509Certificate> used = new HashSet<>();
    verdicts.forEach(verdict -> used.addAll(verdict.path()));
    for (X509Certificate certificate : certificates) {
      if (!used.contains(certificate)) {
        throw new RuleBroken(
            RuleId.S009_SIGNER_CERTIFICATE,
            CertificatePath.at(certificate),
            "not on the path from a signer to a root",
            "ship the signers' certificates and their intermediates only");
      }
    }
  }

  private static void requireOneEach(List<SignerVerdict> verdicts) throws RuleBroken {
    Set<String> seen = new HashSet<>();
    for (SignerVerdict verdict : verdicts) {
      PackageSignature signature = verdict.signature();
      String what = signature.binding().role() + " by " + signature.algorithm().label();
      if (!seen.add(what)) {
        throw new RuleBroken(RuleId.S022_DUPLICATE_SIGNATURE, BLOCK, "a second " + what, AGAIN);
      }
    }
  }

  /// Signatures of one role are one party's, and all are about one plugin.
  private static void requireAgreement(List<SignerVerdict> verdicts) throws RuleBroken {
    PackageSignature first = verdicts.getFirst().signature();
    for (SignerVerdict verdict : verdicts) {
      PackageSignature next = verdict.signature();
      for (SignerVerdict other : verdicts) {
        PackageSignature o = other.signature();
        if (o.binding().role() == next.binding().role()
            && !(o.holder().equals(next.holder()) && o.binding().equals(next.binding()))) {
          throw disagree(o.holder() + " and " + next.holder() + " in one role, or not alike");
        }
      }
      if (!next.binding().isAbout(first.binding())) {
        throw disagree("they are about different plugins, versions or generations");
      }
    }
  }

  private static RuleBroken disagree(String detail) {
    return new RuleBroken(RuleId.S023_SIGNERS_DISAGREE, BLOCK, detail, AGAIN);
  }

  /// Every role that signs has signed with what the policy requires, and something counts still.
  private static void requireSet(List<SignerVerdict> verdicts, Trust trust, Instant at)
      throws RuleBroken {
    for (Role role : Role.values()) {
      Set<SignatureAlgorithm> present = present(verdicts, role);
      if (present.isEmpty() && role == Role.CERTIFICATION) {
        continue;
      }
      Set<SignatureAlgorithm> required = trust.policy().requiredAlgorithms();
      if (!present.containsAll(required)) {
        throw new RuleBroken(
            RuleId.S007_SIGNATURE_SET,
            BLOCK,
            "role " + role + ": " + labels(present) + ", wanted " + labels(required),
            "get a package with all required signatures; do not sign it again yourself");
      }
      Set<SignatureAlgorithm> counting = EnumSet.copyOf(present);
      trust
          .bundle()
          .ifPresent(
              bundle ->
                  counting.removeIf(
                      algorithm ->
                          Optional.ofNullable(bundle.contents().sunsets().get(algorithm))
                              .filter(from -> !at.isBefore(from))
                              .isPresent()));
      if (counting.isEmpty()) {
        throw new RuleBroken(
            RuleId.T008_ALGORITHM_SUNSET,
            BLOCK,
            "role " + role + " has signed with " + labels(present) + " only",
            "get a package that is also signed with a current algorithm");
      }
    }
  }

  /// The manifest promises the vendor's signatures and cannot know of the platform's. Those are by
  /// the same algorithms, so that none can be taken away, where policy does not want it, unseen.
  private static void requireCertificationAsStrong(List<SignerVerdict> verdicts) throws RuleBroken {
    Set<SignatureAlgorithm> origin = present(verdicts, Role.ORIGIN);
    Set<SignatureAlgorithm> certification = present(verdicts, Role.CERTIFICATION);
    if (!certification.isEmpty() && !certification.equals(origin)) {
      throw new RuleBroken(
          RuleId.S007_SIGNATURE_SET,
          BLOCK,
          "certified by " + labels(certification) + ", signed by " + labels(origin),
          "get the package again from the platform");
    }
  }

  private static Set<SignatureAlgorithm> present(List<SignerVerdict> verdicts, Role role) {
    Set<SignatureAlgorithm> present = EnumSet.noneOf(SignatureAlgorithm.class);
    for (SignerVerdict verdict : verdicts) {
      if (verdict.signature().binding().role() == role) {
        present.add(verdict.signature().algorithm());
      }
    }
    return present;
  }

  private static String labels(Set<SignatureAlgorithm> algorithms) {
    return algorithms.isEmpty()
        ? "none"
        : String.join("+", algorithms.stream().map(SignatureAlgorithm::label).toList());
  }

  /// The weakest origin signature decides about the origin; a certification stands above it.
  private static PackageSignatures combine(List<SignerVerdict> verdicts) {
    AcceptanceLevel origin = AcceptanceLevel.PARTNER;
    AcceptanceLevel certified = AcceptanceLevel.COMMUNITY;
    List<Holder> holders = new ArrayList<>();
    Optional<List<X509Certificate>> path = Optional.empty();
    List<PackageSignature> signatures = new ArrayList<>();
    PluginBinding binding = verdicts.getFirst().signature().binding();
    for (SignerVerdict verdict : verdicts) {
      PackageSignature signature = verdict.signature();
      signatures.add(signature);
      if (signature.binding().role() == Role.CERTIFICATION) {
        certified = verdict.level();
        continue;
      }
      binding = signature.binding();
      holders.addAll(verdict.holders());
      origin = verdict.level().compareTo(origin) < 0 ? verdict.level() : origin;
      if (signature.algorithm() == SignatureAlgorithm.EC_P384) {
        path = Optional.of(verdict.path());
      }
    }
    AcceptanceLevel level = certified.compareTo(origin) > 0 ? certified : origin;
    return new PackageSignatures(
        List.copyOf(signatures), binding, level, List.copyOf(holders), path);
  }

  private void requireLevel(Trust trust) throws RuleBroken {
    AcceptanceLevel minimum = trust.policy().minimumLevel();
    if (level.compareTo(minimum) < 0) {
      throw new RuleBroken(
          RuleId.T010_LEVEL,
          BLOCK,
          "level " + level.label() + ", wanted " + minimum.label(),
          "get a package that is vouched for further");
    }
  }

  private static void requireNotDenied(Trust trust, String contentId) throws RuleBroken {
    Optional<String> denial = trust.denialOf(contentId);
    if (denial.isPresent()) {
      throw new RuleBroken(
          RuleId.T007_DENIED,
          new Location.Package("content " + contentId),
          denial.get(),
          "get another version");
    }
  }

  private void requireBundle(Trust trust) throws RuleBroken {
    if (trust.bundle().isEmpty()) {
      return;
    }
    BundleContents bundle = trust.bundle().get().contents();
    if (PackageFormat.FORMAT < bundle.minimumFormat()) {
      throw new RuleBroken(
          RuleId.T009_FORMAT,
          BLOCK,
          "format " + PackageFormat.FORMAT + ", wanted " + bundle.minimumFormat(),
          "get a package in a current format");
    }
    int minimum = bundle.minimumGenerations().getOrDefault(binding.pluginId(), 1);
    if (binding.generation() < minimum) {
      throw new RuleBroken(
          RuleId.T003_GENERATION,
          new Location.Package("plugin " + binding.pluginId()),
          "generation " + binding.generation() + " < " + minimum,
          "get a newer version of the plugin");
    }
  }

  /// The algorithms of the origin signatures: what the manifest must have promised.
  public Set<SignatureAlgorithm> originAlgorithms() {
    Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
    for (PackageSignature signature : signatures) {
      if (signature.binding().role() == Role.ORIGIN) {
        algorithms.add(signature.algorithm());
      }
    }
    return algorithms;
  }
}
