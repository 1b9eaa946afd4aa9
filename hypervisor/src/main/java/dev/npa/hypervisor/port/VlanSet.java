// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.port;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A set of VLAN ids, 0 to 4095; 0 stands for frames without a tag and with a priority tag.
/// Immutable.
public final class VlanSet {
  /// Every VLAN.
  public static final VlanSet ALL = range(0, 4095);

  private static final int IDS = 4096;

  private final long[] bits;

  private VlanSet(long[] bits) {
    this.bits = bits;
  }

  /// @throws IllegalArgumentException if an id is not in 0 to 4095
  public static VlanSet of(int... ids) {
    long[] bits = new long[IDS / 64];
    for (int id : ids) {
      if (id < 0 || id >= IDS) {
        throw new IllegalArgumentException("VLAN id " + id);
      }
      bits[id >> 6] |= 1L << id;
    }
    return new VlanSet(bits);
  }

  /// @param last inclusive
  /// @throws IllegalArgumentException if an id is not in 0 to 4095
  public static VlanSet range(int first, int last) {
    return of(IntStream.rangeClosed(first, last).toArray());
  }

  /// The set as vmxnet3 writes it: bit `id & 31` of word `id >> 5`, 128 words.
  ///
  /// @throws IllegalArgumentException if there are not 128 words
  public static VlanSet ofTable(int[] table) {
    if (table.length != IDS / 32) {
      throw new IllegalArgumentException("VLAN table of " + table.length + " words");
    }
    long[] bits = new long[IDS / 64];
    for (int i = 0; i < table.length; i++) {
      bits[i >> 1] |= Integer.toUnsignedLong(table[i]) << 32 * (i & 1);
    }
    return new VlanSet(bits);
  }

  /// @param id 0 to 4095
  public boolean contains(int id) {
    return (bits[id >> 6] & 1L << id) != 0;
  }

  /// Whether all members of this set are in the other.
  public boolean isSubsetOf(VlanSet other) {
    for (int i = 0; i < bits.length; i++) {
      if ((bits[i] & ~other.bits[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  public VlanSet intersect(VlanSet other) {
    long[] both = bits.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.bits[i];
    }
    return new VlanSet(both);
  }

  public VlanSet union(VlanSet other) {
    long[] either = bits.clone();
    for (int i = 0; i < either.length; i++) {
      either[i] |= other.bits[i];
    }
    return new VlanSet(either);
  }

  public VlanSet without(VlanSet other) {
    long[] rest = bits.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] &= ~other.bits[i];
    }
    return new VlanSet(rest);
  }

  /// The ids, ascending.
  public int[] ids() {
    return IntStream.range(0, IDS).filter(this::contains).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VlanSet set && Arrays.equals(bits, set.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return equals(ALL) ? "all VLANs" : "VLANs " + Arrays.toString(ids());
  }
}
