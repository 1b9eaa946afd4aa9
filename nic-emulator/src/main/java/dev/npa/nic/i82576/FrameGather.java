// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.memory.IommuDomain.FAULT;
import static dev.npa.nic.memory.IommuDomain.READ;

import dev.npa.nic.memory.IommuDomain;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Gathers one transmit frame from several descriptors, into the device's own memory, and applies
/// the checksum offloads that its first data descriptor asks for (82576 data sheet, 7.2.2.3).
///
/// A frame is malformed if it is too short or too long, has a context descriptor in its middle, a
/// descriptor of unknown type or without bytes, mixes legacy and advanced descriptors, or asks for
/// what [TxOffloads] cannot do.
final class FrameGather {
  /// Shortest frame on the wire, without FCS.
  static final int PADDED_BYTES = 60;

  /// Longest frame, without FCS (82576 data sheet, 1.3: 9.5 KB jumbo frames).
  static final int MAX_FRAME_BYTES = 9728 - 4;

  /// Shortest frame that software may ask to send (7.2.1).
  static final int MIN_FRAME_BYTES = 17;

  /// [#finish]: the frame cannot be sent.
  static final int MALFORMED = -1;

  /// Longest frame to be segmented, with its headers.
  private static final int MAX_SEGMENTED_BYTES = 64 << 10;

  private final MemorySegment memory = Arena.ofAuto().allocate(MAX_SEGMENTED_BYTES, 64);
  private final TxOffloads offloads = new TxOffloads();
  private boolean started;
  private boolean malformed;
  private boolean legacy;
  private int length;

  MemorySegment memory() {
    return memory;
  }

  /// Whether no frame has been begun.
  boolean isEmpty() {
    return !started;
  }

  void clear() {
    started = false;
    malformed = false;
    length = 0;
  }

  /// Takes in one descriptor.
  ///
  /// @return false if its buffer faults
  boolean add(IommuDomain domain, long address, int command, int status) {
    if (TxDescriptor.isContext(command)) {
      malformed |= started;
      offloads.setContext(address, command, status);
      return true;
    }
    boolean isLegacy = (command & TxDescriptor.DEXT) == 0;
    if (!started) {
      started = true;
      legacy = isLegacy;
      malformed = !offloads.begin(command, status);
    }
    int bytes = command & TxDescriptor.LENGTH_MASK;
    malformed |= isLegacy != legacy || bytes == 0 || length + bytes > mostBytes();
    malformed |= !isLegacy && (command & TxDescriptor.DTYP_MASK) != TxDescriptor.DTYP_DATA;
    if (malformed) {
      return true;
    }
    long from = domain.translate(address, bytes, READ);
    if (from == FAULT) {
      return false;
    }
    MemorySegment.copy(domain.memory(), from, memory, length, bytes);
    length += bytes;
    return true;
  }

  /// Ends the frame at its EOP.
  ///
  /// @return its length, or [#MALFORMED]
  int finish() {
    if (malformed || length < MIN_FRAME_BYTES) {
      return MALFORMED;
    }
    return offloads.segments() || offloads.insertChecksums(memory, length) ? length : MALFORMED;
  }

  TxOffloads offloads() {
    return offloads;
  }

  private int mostBytes() {
    return offloads.segments() ? MAX_SEGMENTED_BYTES : MAX_FRAME_BYTES;
  }
}
