// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.util.ArrayDeque;
import java.util.Deque;

/// Walks DER by tag and length only, without recursion, before any ASN.1 library sees it: bounds
/// depth and number of values, and refuses whatever BER allows beyond DER lengths.
public final class DerScan {

  /// CMS, timestamp token, its certificate, extension, general name: 22 levels are in use.
  private static final int MAX_DEPTH = 28;

  private static final int MAX_VALUES = 4096;
  private static final int CONSTRUCTED = 0x20;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private final byte[] der;
  private final int maxValues;
  private int position;

  private DerScan(byte[] der, int maxValues) {
    this.der = der;
    this.maxValues = maxValues;
  }

  public static void check(byte[] der) throws RuleBroken {
    check(der, MAX_VALUES);
  }

  /// @param maxValues most values in all, for what is signed by the platform
  public static void check(byte[] der, int maxValues) throws RuleBroken {
    new DerScan(der, maxValues).walk();
  }

  private void walk() throws RuleBroken {
    Deque<Integer> ends = new ArrayDeque<>();
    ends.push(der.length);
    int values = 0;
    while (!ends.isEmpty()) {
      int end = ends.peek();
      if (position == end) {
        ends.pop();
        continue;
      }
      if (++values > maxValues) {
        throw broken("more than " + maxValues + " values");
      }
      int tag = next(end);
      int length = length(end);
      if (length > end - position) {
        throw broken("a value longer than what holds it");
      }
      if (ends.size() == 1 && length != end - position) {
        throw broken("bytes after the outermost value");
      }
      if ((tag & CONSTRUCTED) == 0) {
        position += length;
        continue;
      }
      if (tag < 0x40 && tag != SEQUENCE && tag != SET) {
        throw broken("a constructed string");
      }
      if (ends.size() == MAX_DEPTH) {
        throw broken("deeper than " + MAX_DEPTH + " levels");
      }
      ends.push(position + length);
    }
  }

  private int next(int end) throws RuleBroken {
    if (position == end) {
      throw broken("cut short");
    }
    int tag = der[position++] & 0xff;
    if ((tag & 0x1f) == 0x1f) {
      throw broken("a tag of more than one byte");
    }
    return tag;
  }

  private int length(int end) throws RuleBroken {
    if (position == end) {
      throw broken("cut short");
    }
    int first = der[position++] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 3 || count > end - position) {
      throw broken("an indefinite or oversized length");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | der[position++] & 0xff;
    }
    if (length < 0x80 || length >>> 8 * (count - 1) == 0) {
      throw broken("a length that is not the shortest");
    }
    return length;
  }

  private RuleBroken broken(String what) {
    return new RuleBroken(
        RuleId.S004_NOT_DER,
        new Location.Package("signature block, byte " + position),
        what,
        "sign again with a tool that writes DER");
  }
}
