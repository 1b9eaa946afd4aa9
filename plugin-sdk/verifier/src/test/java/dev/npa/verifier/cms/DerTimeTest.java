// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Exception;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.cms.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bouncy Castle, which reads and writes times of its own, is the judge of what is taken.
class DerTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1950-01-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "2000-02-29T12:00:00Z",
        "2026-11-23T10:11:12Z",
        "2049-12-31T23:59:59Z",
        "2050-01-01T00:00:00Z",
        "1949-12-31T23:59:59Z",
        "9999-12-31T23:59:59Z"
      })
  void readsWhatBouncyCastleWrites(String text) throws IOException {
    Instant time = Instant.parse(text);
    assertThat(DerTime.signingTime(new Time(Date.from(time)).toASN1Primitive())).isEqualTo(time);
    assertThat(DerTime.generalized(new DERGeneralizedTime(Date.from(time)))).isEqualTo(time);
    assertThat(DerTime.generalized(time).getEncoded(ASN1Encoding.DER))
        .isEqualTo(new DERGeneralizedTime(Date.from(time)).getEncoded(ASN1Encoding.DER));
  }

  @Test
  void readsFractionsAsBouncyCastleDoes() throws IOException, ParseException {
    for (String fraction : new String[] {"5", "05", "25", "125", "001"}) {
      ASN1Primitive value = value(0x18, "20261123101112." + fraction + "Z");
      assertThat(DerTime.generalized(value))
          .isEqualTo(ASN1GeneralizedTime.getInstance(value).getDate().toInstant());
    }
    assertThat(DerTime.generalized(value(0x18, "20261123101112.000000001Z")))
        .isEqualTo(Instant.parse("2026-11-23T10:11:12.000000001Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "20261123101112",
        "202611231011Z",
        "20261123101112.Z",
        "20261123101112.1",
        "20261123101112,1Z",
        "20261123101112.10Z",
        "20261123101112.1234567891Z",
        "20261123101112.-1Z",
        "20261123101112+0000",
        "20261123101112Z ",
        "20261123101112ZZ",
        "20261323101112Z",
        "20260230101112Z",
        "20261123241112Z",
        "20261123101160Z",
        "+0261123101112Z",
        "2026112310111\u00b2Z"
      })
  void refusesEveryOtherForm(String text) {
    refused(() -> DerTime.generalized(value(0x18, text)));
    refused(() -> DerTime.signingTime(value(0x18, text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2611231011Z",
        "261123101112",
        "261123101112+0000",
        "261123101112.5Z",
        "261323101112Z"
      })
  void refusesEveryOtherShortForm(String text) {
    refused(() -> DerTime.signingTime(value(0x17, text)));
  }

  @Test
  void aSigningTimeHasTheTypeOfItsYearAndNoFraction() {
    for (String text : new String[] {"20261123101112Z", "19500101000000Z", "20510101000000.5Z"}) {
      refused(() -> DerTime.signingTime(value(0x18, text)));
    }
  }

  @Test
  void refusesOtherTypes() {
    refused(() -> DerTime.generalized(value(0x17, "261123101112Z")));
    refused(() -> DerTime.signingTime(value(0x0c, "20261123101112Z")));
  }

  @Test
  void writesFourDigitYearsOnly() {
    for (String text : new String[] {"0999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"}) {
      assertThatThrownBy(() -> DerTime.generalized(Instant.parse(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1000..9999");
    }
  }

  /// By this class, or by Bouncy Castle before it.
  private static void refused(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfAny(IllegalArgumentException.class, ASN1Exception.class);
  }

  /// Not by a constructor, which would refuse some of these.
  private static ASN1Primitive value(int tag, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] der = new byte[2 + content.length];
    der[0] = (byte) tag;
    der[1] = (byte) content.length;
    System.arraycopy(content, 0, der, 2, content.length);
    return ASN1Primitive.fromByteArray(der);
  }
}
