// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.cms.CertificatePath;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.stage.RuleBroken;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyInformation;

/// What a path's certificates let its signer vouch for: the certificate policies that every one of
/// them names. The root is not asked, as in RFC 5280; anyPolicy counts for nothing.
record Grants(Set<String> policies) {

  private static final String CERTIFICATE_POLICIES = "2.5.29.32";

  static Grants of(CertificatePath path) throws RuleBroken {
    Set<String> common = new HashSet<>(policies(path.leaf()));
    for (X509Certificate certificate : path.certificates()) {
      common.retainAll(policies(certificate));
    }
    return new Grants(Set.copyOf(common));
  }

  private static Set<String> policies(X509Certificate certificate) throws RuleBroken {
    byte[] extension = certificate.getExtensionValue(CERTIFICATE_POLICIES);
    Set<String> policies = new HashSet<>();
    if (extension == null) {
      return policies;
    }
    try {
      byte[] der = ASN1OctetString.getInstance(extension).getOctets();
      for (PolicyInformation policy : CertificatePolicies.getInstance(der).getPolicyInformation()) {
        policies.add(policy.getPolicyIdentifier().getId());
      }
      return policies;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RuleBroken(
          RuleId.S020_ROLE,
          CertificatePath.at(certificate),
          "unreadable certificate policies: " + e.getMessage(),
          "have the certificate issued again");
    }
  }

  /// Whether the signer may say what the binding says.
  void require(PluginBinding binding, X509Certificate leaf) throws RuleBroken {
    switch (binding.role()) {
      case ORIGIN -> {
        if (!policies.contains(Oids.POLICY_ORIGIN)) {
          throw role(leaf, "may not sign as a plugin's origin");
        }
      }
      case CERTIFICATION -> {
        AcceptanceLevel level = binding.level().orElseThrow();
        if (!policies.contains(Oids.POLICY_ACCEPTED) && !policies.contains(Oids.POLICY_CERTIFIED)) {
          throw role(leaf, "may not certify");
        }
        if (!policies.contains(policy(level))) {
          throw new RuleBroken(
              RuleId.S021_LEVEL,
              CertificatePath.at(leaf),
              "may not grant level " + level.label(),
              "certify at the level that the certificate allows");
        }
      }
    }
  }

  private static String policy(AcceptanceLevel level) {
    return level == AcceptanceLevel.CERTIFIED ? Oids.POLICY_CERTIFIED : Oids.POLICY_ACCEPTED;
  }

  private static RuleBroken role(X509Certificate leaf, String detail) {
    return new RuleBroken(
        RuleId.S020_ROLE,
        CertificatePath.at(leaf),
        detail,
        "sign with a certificate whose policy allows it");
  }
}
