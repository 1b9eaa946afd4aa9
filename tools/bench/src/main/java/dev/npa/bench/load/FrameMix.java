// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The lengths of the frames that a flow sends, over and over.
///
/// @param name for tables
/// @param lengths bytes without FCS, a power of two of them
@SuppressWarnings("ArrayRecordComponent") // A carrier; never compared.
public record FrameMix(String name, int[] lengths) {
  private static final int FCS_BYTES = 4;
  private static final int SHORTEST = 64;
  private static final int LONGEST = 1518;

  /// The sizes of RFC 2544, section 9.1, with FCS.
  private static final int[] RFC_2544 = {64, 128, 256, 512, 1024, 1280, 1518};

  public FrameMix {
    if (Integer.bitCount(lengths.length) != 1) {
      throw new IllegalArgumentException(lengths.length + " lengths");
    }
    lengths = lengths.clone();
  }

  /// @param frameBytes with FCS, `64 <= frameBytes <= 1518`
  public static FrameMix of(int frameBytes) {
    if (frameBytes < SHORTEST || frameBytes > LONGEST) {
      throw new IllegalArgumentException("frames of " + frameBytes + " bytes");
    }
    return new FrameMix(Integer.toString(frameBytes), new int[] {frameBytes - FCS_BYTES});
  }

  /// The simple IMIX: frames of 64, 594 and 1518 bytes, 7 to 4 to 1; here 37, 21 and 6 of 64, which
  /// is as near as a power of two comes.
  public static FrameMix imix() {
    int[] lengths = new int[64];
    for (int i = 0; i < lengths.length; i++) {
      int turn = i * 37 % lengths.length; // 37 is odd: a permutation, so that sizes alternate
      int frameBytes = turn < 37 ? SHORTEST : turn < 58 ? 594 : LONGEST;
      lengths[i] = frameBytes - FCS_BYTES;
    }
    return new FrameMix("imix", lengths);
  }

  public static List<FrameMix> all() {
    return Stream.concat(IntStream.of(RFC_2544).mapToObj(FrameMix::of), Stream.of(imix())).toList();
  }

  @Override
  public int[] lengths() {
    return lengths.clone();
  }

  /// Mean length with FCS.
  public double meanBytes() {
    return Arrays.stream(lengths).average().orElseThrow() + FCS_BYTES;
  }
}
