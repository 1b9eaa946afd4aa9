// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.Location;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/// The signed attribute npaBinding: DER of a {@link PluginBinding}.
///
/// ```
/// NpaBinding ::= SEQUENCE { v INTEGER (1), pluginId UTF8String, version UTF8String,
///                           generation INTEGER, role ENUMERATED { origin(0), certification(1) },
///                           level ENUMERATED { accepted(2), certified(3) } OPTIONAL }
/// ```
public final class NpaBinding {

  private static final int FORMAT = 1;

  private NpaBinding() {}

  /// The attribute's value, DER.
  public static byte[] encode(PluginBinding binding) {
    ASN1EncodableVector fields = new ASN1EncodableVector(5);
    fields.add(new ASN1Integer(FORMAT));
    fields.add(new DERUTF8String(binding.pluginId()));
    fields.add(new DERUTF8String(binding.version()));
    fields.add(new ASN1Integer(binding.generation()));
    fields.add(new ASN1Enumerated(binding.role().ordinal()));
    binding.level().ifPresent(level -> fields.add(new ASN1Enumerated(level.ordinal())));
    try {
      return new DERSequence(fields).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }

  public static PluginBinding parse(byte[] value) throws RuleBroken {
    PluginBinding binding;
    try {
      ASN1Sequence fields = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(value));
      binding =
          new PluginBinding(
              ASN1UTF8String.getInstance(fields.getObjectAt(1)).getString(),
              ASN1UTF8String.getInstance(fields.getObjectAt(2)).getString(),
              ASN1Integer.getInstance(fields.getObjectAt(3)).intValueExact(),
              PluginBinding.Role.values()[number(fields, 4)],
              fields.size() == 5
                  ? Optional.empty()
                  : Optional.of(AcceptanceLevel.values()[number(fields, 5)]));
    } catch (IOException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
    if (!Arrays.equals(encode(binding), value)) {
      throw unreadable("format is not " + FORMAT + ", or a field too many");
    }
    return binding;
  }

  private static int number(ASN1Sequence fields, int index) {
    return ASN1Enumerated.getInstance(fields.getObjectAt(index)).intValueExact();
  }

  private static RuleBroken unreadable(String detail) {
    return new RuleBroken(
        RuleId.S015_BINDING_UNREADABLE,
        new Location.Package("signed attribute npaBinding"),
        detail,
        "sign with a current tool");
  }
}
