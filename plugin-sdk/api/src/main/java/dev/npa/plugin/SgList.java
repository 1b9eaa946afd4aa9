// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The fragments of a frame to send (`Plugin_SgList`).
///
/// All protocol headers are in the first fragment, of which the plugin may read the first
/// [#headerBytes] bytes to build parsing descriptors.
public final class SgList {
  /// Largest number of fragments in one frame.
  public static final int MAX_ELEMENTS = 16;

  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);

  private final long[] iovas = new long[MAX_ELEMENTS];
  private final int[] lengths = new int[MAX_ELEMENTS];
  private int numElements;
  private int totalLength;
  private MemorySegment memory = MemorySegment.NULL;
  private long firstSgOffset;

  @ShellOnly
  public SgList() {}

  /// Number of fragments, `1 <= numElements() <= 16`.
  @Cost(5)
  @Range(min = 0, max = MAX_ELEMENTS)
  public int numElements() {
    return numElements;
  }

  /// Length of the frame in bytes, without FCS: the sum of the fragments.
  @Cost(5)
  public int totalLength() {
    return totalLength;
  }

  /// I/O virtual address of a fragment.
  ///
  /// @throws IndexOutOfBoundsException if `index < 0` or `index >= 16`
  @Cost(5)
  public long iova(int index) {
    return iovas[index];
  }

  /// Length of a fragment in bytes, `>= 1`.
  ///
  /// @throws IndexOutOfBoundsException if `index < 0` or `index >= 16`
  @Cost(5)
  public int length(int index) {
    return lengths[index];
  }

  /// Number of leading bytes that [#header8] and [#header16] can read: the length of the first
  /// fragment.
  @Cost(5)
  public int headerBytes() {
    return lengths[0];
  }

  /// One byte of the frame's head, `0..255` (`firstSgVA` of the original).
  ///
  /// @throws IndexOutOfBoundsException if `offset < 0` or `offset >= headerBytes()`
  @Cost(40)
  @Range(min = 0, max = 255)
  public int header8(int offset) {
    checkHeader(offset, 1);
    return memory.get(ValueLayout.JAVA_BYTE, firstSgOffset + offset) & 0xFF;
  }

  /// Two bytes of the frame's head in network byte order, `0..65535`.
  ///
  /// @throws IndexOutOfBoundsException if `offset < 0` or `offset > headerBytes() - 2`
  @Cost(40)
  @Range(min = 0, max = 65535)
  public int header16(int offset) {
    checkHeader(offset, 2);
    return memory.get(NETWORK_SHORT, firstSgOffset + offset) & 0xFFFF;
  }

  private void checkHeader(int offset, int size) {
    if (offset < 0 || offset > lengths[0] - size) {
      throw new IndexOutOfBoundsException("offset outside the first fragment");
    }
  }

  /// Describes a frame of one fragment.
  ///
  /// @param memory the memory that holds the frame as the CPU sees it
  /// @param offset where in `memory` the frame starts
  @ShellOnly
  // To skip a store, not to compare.
  @SuppressWarnings({"MemorySegmentReferenceEquality", "ReferenceEquality"})
  public void set(MemorySegment memory, long offset, long iova, int lengthBytes) {
    if (this.memory != memory) { // A store of a reference costs a fence with G1; this is per frame.
      this.memory = memory;
    }
    firstSgOffset = offset;
    iovas[0] = iova;
    lengths[0] = lengthBytes;
    numElements = 1;
    totalLength = lengthBytes;
  }

  /// Appends a fragment to a frame begun with [#set].
  ///
  /// @throws IndexOutOfBoundsException if the list is full
  @ShellOnly
  public void add(long iova, int lengthBytes) {
    iovas[numElements] = iova;
    lengths[numElements] = lengthBytes;
    numElements++;
    totalLength += lengthBytes;
  }
}
