// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;

/// Comparison of ASN.1 values by their one DER encoding. Objects compare otherwise: names without
/// regard to case, tagged values by how they were read.
public final class Der {

  private Der() {}

  public static boolean same(ASN1Encodable a, ASN1Encodable b) throws IOException {
    return Arrays.equals(encoded(a), encoded(b));
  }

  public static byte[] encoded(ASN1Encodable value) throws IOException {
    return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
  }
}
