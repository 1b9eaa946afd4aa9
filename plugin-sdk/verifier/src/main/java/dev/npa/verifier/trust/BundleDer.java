// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.cms.Der;
import dev.npa.verifier.cms.DerScan;
import dev.npa.verifier.cms.DerTime;
import dev.npa.verifier.cms.Jca;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.BundleContents.Revocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/// DER of a trust bundle's contents.
///
/// ```
/// NpaTrustBundle ::= SEQUENCE {
///   v INTEGER (1), serial INTEGER, issued GeneralizedTime, expires GeneralizedTime,
///   roots SEQUENCE OF Certificate, timestampRoots SEQUENCE OF Certificate,
///   revoked SEQUENCE OF SEQUENCE { certificate OCTET STRING, since GeneralizedTime },
///   denied SEQUENCE OF SEQUENCE { id OCTET STRING, reason UTF8String },
///   minimumGenerations SEQUENCE OF SEQUENCE { pluginId UTF8String, generation INTEGER },
///   sunsets SEQUENCE OF SEQUENCE { algorithm UTF8String, from GeneralizedTime },
///   minimumFormat INTEGER }
/// ```
final class BundleDer {

  private static final int FORMAT = 1;

  /// Thousands of revoked certificates and denied packages.
  private static final int MAX_VALUES = 100_000;

  private BundleDer() {}

  static byte[] encode(BundleContents contents) {
    ASN1EncodableVector fields = new ASN1EncodableVector(11);
    fields.add(new ASN1Integer(FORMAT));
    fields.add(new ASN1Integer(contents.serial()));
    fields.add(time(contents.issued()));
    fields.add(time(contents.expires()));
    fields.add(list(contents.roots(), BundleDer::certificate));
    fields.add(list(contents.timestampRoots(), BundleDer::certificate));
    fields.add(list(contents.revoked(), r -> pair(octets(r.certificateId()), time(r.since()))));
    fields.add(list(contents.denied(), d -> pair(octets(d.id()), new DERUTF8String(d.reason()))));
    fields.add(
        list(
            contents.minimumGenerations().entrySet(),
            e -> pair(new DERUTF8String(e.getKey()), new ASN1Integer(e.getValue()))));
    fields.add(
        list(
            contents.sunsets().entrySet(),
            e -> pair(new DERUTF8String(e.getKey().label()), time(e.getValue()))));
    fields.add(new ASN1Integer(contents.minimumFormat()));
    try {
      return new DERSequence(fields).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }

  /// @throws IllegalArgumentException if the bytes are not what {@link #encode} writes
  static BundleContents decode(byte[] der) throws RuleBroken {
    DerScan.check(der, MAX_VALUES);
    try {
      ASN1Sequence fields = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
      SortedMap<String, Integer> generations = new TreeMap<>();
      for (ASN1Encodable entry : sequence(fields, 8)) {
        ASN1Sequence pair = ASN1Sequence.getInstance(entry);
        generations.put(
            text(pair, 0), ASN1Integer.getInstance(pair.getObjectAt(1)).intValueExact());
      }
      SortedMap<SignatureAlgorithm, Instant> sunsets = new TreeMap<>();
      for (ASN1Encodable entry : sequence(fields, 9)) {
        ASN1Sequence pair = ASN1Sequence.getInstance(entry);
        String label = text(pair, 0);
        sunsets.put(
            SignatureAlgorithm.ofLabel(label)
                .orElseThrow(() -> new IllegalArgumentException("unknown algorithm " + label)),
            instant(pair, 1));
      }
      BundleContents contents =
          new BundleContents(
              ASN1Integer.getInstance(fields.getObjectAt(1)).longValueExact(),
              instant(fields, 2),
              instant(fields, 3),
              certificates(sequence(fields, 4)),
              certificates(sequence(fields, 5)),
              revocations(sequence(fields, 6)),
              denials(sequence(fields, 7)),
              generations,
              sunsets,
              ASN1Integer.getInstance(fields.getObjectAt(10)).intValueExact());
      if (java.util.Arrays.equals(encode(contents), der)) {
        return contents;
      }
    } catch (IOException
        | CertificateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
    throw new IllegalArgumentException("another format, or not in canonical form");
  }

  private static ASN1Sequence sequence(ASN1Sequence fields, int index) {
    return ASN1Sequence.getInstance(fields.getObjectAt(index));
  }

  private static String text(ASN1Sequence pair, int index) {
    return ASN1UTF8String.getInstance(pair.getObjectAt(index)).getString();
  }

  private static Instant instant(ASN1Sequence fields, int index) {
    return DerTime.generalized(fields.getObjectAt(index).toASN1Primitive());
  }

  private static List<X509Certificate> certificates(ASN1Sequence sequence)
      throws IOException, CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (ASN1Encodable element : sequence) {
      var in = new ByteArrayInputStream(Der.encoded(element));
      certificates.add((X509Certificate) Jca.x509().generateCertificate(in));
    }
    return certificates;
  }

  private static List<Revocation> revocations(ASN1Sequence sequence) {
    List<Revocation> revoked = new ArrayList<>();
    for (ASN1Encodable element : sequence) {
      ASN1Sequence pair = ASN1Sequence.getInstance(element);
      revoked.add(new Revocation(hex(pair), instant(pair, 1)));
    }
    return revoked;
  }

  private static List<Denial> denials(ASN1Sequence sequence) {
    List<Denial> denied = new ArrayList<>();
    for (ASN1Encodable element : sequence) {
      ASN1Sequence pair = ASN1Sequence.getInstance(element);
      denied.add(new Denial(hex(pair), text(pair, 1)));
    }
    return denied;
  }

  private static String hex(ASN1Sequence pair) {
    return HexFormat.of().formatHex(ASN1OctetString.getInstance(pair.getObjectAt(0)).getOctets());
  }

  private static <T> DERSequence list(Collection<T> values, Function<T, ASN1Encodable> encoder) {
    ASN1EncodableVector elements = new ASN1EncodableVector();
    values.forEach(value -> elements.add(encoder.apply(value)));
    return new DERSequence(elements);
  }

  private static DERSequence pair(ASN1Encodable first, ASN1Encodable second) {
    return new DERSequence(first, second);
  }

  private static ASN1Encodable octets(String hex) {
    return new DEROctetString(HexFormat.of().parseHex(hex));
  }

  private static ASN1Encodable time(Instant instant) {
    return DerTime.generalized(instant);
  }

  private static ASN1Encodable certificate(X509Certificate certificate) {
    try {
      return ASN1Primitive.fromByteArray(certificate.getEncoded());
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalArgumentException("unreadable certificate", e);
    }
  }

  static byte[] digest(X509Certificate certificate) {
    try {
      return Jca.sha384().digest(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("unreadable certificate", e);
    }
  }
}
