// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/// The signed attribute that ties one signature to one plugin, version, generation and role, so
/// that a signature cannot be moved to stand for something else.
///
/// ```
/// NpaBinding ::= SEQUENCE { v INTEGER (1), pluginId UTF8String, version UTF8String,
///                           generation INTEGER, role ENUMERATED { origin(0), certification(1) } }
/// ```
public record PluginBinding(String pluginId, String version, int generation, Role role) {

  private static final int FORMAT = 1;

  /// What the signer vouches for.
  public enum Role {
    /// The vendor: this is our plugin.
    ORIGIN,
    /// The platform: we tested it. Granted by no certificate policy yet, so not accepted yet.
    CERTIFICATION
  }

  /// The attribute's value, DER.
  public byte[] encoded() {
    ASN1EncodableVector fields = new ASN1EncodableVector(5);
    fields.add(new ASN1Integer(FORMAT));
    fields.add(new DERUTF8String(pluginId));
    fields.add(new DERUTF8String(version));
    fields.add(new ASN1Integer(generation));
    fields.add(new ASN1Enumerated(role.ordinal()));
    try {
      return new DERSequence(fields).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }

  static PluginBinding parse(ASN1Primitive value) throws RuleBroken {
    PluginBinding binding;
    byte[] bytes;
    try {
      ASN1Sequence fields = ASN1Sequence.getInstance(value);
      binding =
          new PluginBinding(
              ASN1UTF8String.getInstance(fields.getObjectAt(1)).getString(),
              ASN1UTF8String.getInstance(fields.getObjectAt(2)).getString(),
              ASN1Integer.getInstance(fields.getObjectAt(3)).intValueExact(),
              Role.values()[ASN1Enumerated.getInstance(fields.getObjectAt(4)).intValueExact()]);
      bytes = Der.encoded(value);
    } catch (IOException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
    if (!Arrays.equals(binding.encoded(), bytes)) {
      throw unreadable("format is not " + FORMAT + ", or a field too many");
    }
    return binding;
  }

  private static RuleBroken unreadable(String detail) {
    return new RuleBroken(
        RuleId.S015_BINDING_UNREADABLE,
        new Location.Package("signed attribute npaBinding"),
        detail,
        "sign with a current tool");
  }
}
