// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;

/// ASN.1's times in the one form of each that DER has: UTC, seconds, `Z` (X.690, sections 11.7 and
/// 11.8).
///
/// Bouncy Castle reads more forms than these, and by way of `SimpleDateFormat`, which has the JDK
/// load every locale it knows: a tenth of a cold verification.
public final class DerTime {

  private static final int GENERALIZED_TIME = 0x18;

  /// Where `Z` or a fraction follows: `yyyyMMddHHmmss`.
  private static final int SECONDS_END = 14;

  /// RFC 5280, section 4.1.2.5.1: a UTCTime's years are 1950 to 2049.
  private static final int FIRST_UTC_YEAR = 1950;

  private static final int MAX_FRACTION_DIGITS = 9;

  private DerTime() {}

  /// A CMS signing time: UTCTime for 1950 to 2049, else GeneralizedTime, whole seconds (RFC 5652,
  /// section 11.3).
  ///
  /// @throws IllegalArgumentException if it is neither, or the other one
  static Instant signingTime(ASN1Primitive value) {
    boolean utc = value instanceof ASN1UTCTime;
    String text = utc ? value.toString() : text(value);
    LocalDateTime time = seconds(utc ? century(text) + text : text, "Z");
    if (utc != fitsUtcTime(time.getYear())) {
      throw new IllegalArgumentException("a time of the wrong type: " + text);
    }
    return time.toInstant(ZoneOffset.UTC);
  }

  /// A GeneralizedTime, with a fraction of at most nine digits of which the last is not zero.
  ///
  /// @throws IllegalArgumentException if it is not one
  public static Instant generalized(ASN1Primitive value) {
    String text = text(value);
    String rest = text.length() < SECONDS_END ? "" : text.substring(SECONDS_END);
    LocalDateTime time = seconds(text, rest);
    return time.plusNanos(rest.equals("Z") ? 0 : fractionNanos(rest)).toInstant(ZoneOffset.UTC);
  }

  /// The GeneralizedTime of an instant, the part of a second left out.
  ///
  /// @throws IllegalArgumentException if the year is not 1000 to 9999
  public static ASN1Primitive generalized(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (time.getYear() < 1000 || time.getYear() > 9999) {
      throw new IllegalArgumentException("year " + time.getYear() + " not in 1000..9999");
    }
    long date = time.getYear() * 10_000L + time.getMonthValue() * 100L + time.getDayOfMonth();
    long clock = time.getHour() * 10_000L + time.getMinute() * 100L + time.getSecond();
    byte[] text = (date * 1_000_000 + clock + "Z").getBytes(StandardCharsets.US_ASCII);
    byte[] der = new byte[2 + text.length];
    der[0] = GENERALIZED_TIME;
    der[1] = (byte) text.length;
    System.arraycopy(text, 0, der, 2, text.length);
    try {
      return ASN1Primitive.fromByteArray(der);
    } catch (IOException e) {
      throw new AssertionError("reading from memory", e);
    }
  }

  private static boolean fitsUtcTime(int year) {
    return year >= FIRST_UTC_YEAR && year < FIRST_UTC_YEAR + 100;
  }

  /// As it stands there: Bouncy Castle encodes some other forms as the one of DER.
  private static String text(ASN1Primitive value) {
    if (value instanceof ASN1GeneralizedTime time) {
      return time.getTimeString();
    }
    throw new IllegalArgumentException("not a time");
  }

  private static String century(String text) {
    return text.isEmpty() || text.charAt(0) >= '5' ? "19" : "20";
  }

  /// @param rest what must follow the seconds
  private static LocalDateTime seconds(String text, String rest) {
    if (text.length() != SECONDS_END + rest.length() || !text.endsWith(rest) || rest.isEmpty()) {
      throw new IllegalArgumentException("not a time in UTC to the second: " + text);
    }
    try {
      return LocalDateTime.of(
          number(text, 0, 4),
          number(text, 4, 6),
          number(text, 6, 8),
          number(text, 8, 10),
          number(text, 10, 12),
          number(text, 12, SECONDS_END));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time: " + text, e);
    }
  }

  private static long fractionNanos(String rest) {
    int digits = rest.length() - 2;
    if (rest.charAt(0) != '.' || !rest.endsWith("Z") || rest.endsWith("0Z")) {
      throw new IllegalArgumentException("not a fraction of a second: " + rest);
    }
    if (digits < 1 || digits > MAX_FRACTION_DIGITS) {
      throw new IllegalArgumentException(digits + " digits of a second, not 1 to 9");
    }
    String nanos = rest.substring(1, 1 + digits) + "0".repeat(MAX_FRACTION_DIGITS - digits);
    return number(nanos, 0, MAX_FRACTION_DIGITS);
  }

  private static int number(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new IllegalArgumentException("not a time: " + text);
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
