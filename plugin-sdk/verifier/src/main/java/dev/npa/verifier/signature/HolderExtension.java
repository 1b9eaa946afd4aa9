// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.cms.CertificatePath;
import dev.npa.verifier.cms.Der;
import dev.npa.verifier.cms.DerScan;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.Holder;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/// The certificate extension that carries a {@link Holder}. Not critical, for tools that do not
/// know it must be able to check the path; the gate refuses a signer without it.
///
/// ```
/// NpaHolder ::= SEQUENCE { v INTEGER (1), name UTF8String, pciVendors SEQUENCE OF INTEGER,
///                          packages SEQUENCE OF UTF8String }
/// ```
public final class HolderExtension {

  private static final int FORMAT = 1;

  private HolderExtension() {}

  public static ASN1Sequence encode(Holder holder) {
    ASN1EncodableVector vendors = new ASN1EncodableVector();
    holder.pciVendors().forEach(id -> vendors.add(new ASN1Integer(id)));
    ASN1EncodableVector packages = new ASN1EncodableVector();
    holder.packages().forEach(name -> packages.add(new DERUTF8String(name)));
    ASN1EncodableVector fields = new ASN1EncodableVector(4);
    fields.add(new ASN1Integer(FORMAT));
    fields.add(new DERUTF8String(holder.name()));
    fields.add(new DERSequence(vendors));
    fields.add(new DERSequence(packages));
    return new DERSequence(fields);
  }

  static boolean isIn(X509Certificate certificate) {
    return certificate.getExtensionValue(Oids.HOLDER) != null;
  }

  public static Holder of(X509Certificate certificate) throws RuleBroken {
    byte[] extension = certificate.getExtensionValue(Oids.HOLDER);
    if (extension == null) {
      throw broken(certificate, "does not say what its holder may sign");
    }
    try {
      byte[] der = ASN1OctetString.getInstance(extension).getOctets();
      DerScan.check(der);
      ASN1Sequence fields = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
      List<Integer> vendors = new ArrayList<>();
      for (ASN1Encodable id : ASN1Sequence.getInstance(fields.getObjectAt(2))) {
        vendors.add(ASN1Integer.getInstance(id).intValueExact());
      }
      List<String> packages = new ArrayList<>();
      for (ASN1Encodable name : ASN1Sequence.getInstance(fields.getObjectAt(3))) {
        packages.add(ASN1UTF8String.getInstance(name).getString());
      }
      String name = ASN1UTF8String.getInstance(fields.getObjectAt(1)).getString();
      Holder holder = new Holder(name, vendors, packages);
      if (Arrays.equals(Der.encoded(encode(holder)), der)) {
        return holder;
      }
    } catch (IOException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw broken(certificate, "unreadable extension npaHolder: " + e.getMessage());
    }
    throw broken(certificate, "extension npaHolder is of another format");
  }

  private static RuleBroken broken(X509Certificate certificate, String detail) {
    return new RuleBroken(
        RuleId.S024_HOLDER,
        CertificatePath.at(certificate),
        detail,
        "sign with a certificate issued for plugins");
  }
}
