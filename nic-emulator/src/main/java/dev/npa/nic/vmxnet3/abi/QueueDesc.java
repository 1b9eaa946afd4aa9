// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3.abi;

/// Transmit and receive queue descriptors, 256 bytes each. Constants are byte offsets.
public final class QueueDesc {
  public static final int SIZE_BYTES = 256;

  // Transmit.
  public static final int TX_NUM_DEFERRED = 0;
  public static final int TX_THRESHOLD = 4;
  public static final int TX_RING_PA = 16;
  public static final int TX_DATA_RING_PA = 24;
  public static final int TX_COMP_RING_PA = 32;
  public static final int TX_DRIVER_DATA_PA = 40;
  public static final int TX_RING_SIZE = 56;
  public static final int TX_DATA_RING_SIZE = 60;
  public static final int TX_COMP_RING_SIZE = 64;
  public static final int TX_DRIVER_DATA_LEN = 68;
  public static final int TX_INTR_INDEX = 72;

  // Receive. RX_RING_PA and RX_RING_SIZE are arrays of two: ring 0, ring 1.
  public static final int RX_UPDATE_PROD = 0;
  public static final int RX_RING_PA = 16;
  public static final int RX_COMP_RING_PA = 32;
  public static final int RX_DRIVER_DATA_PA = 40;
  public static final int RX_RING_SIZE = 56;
  public static final int RX_COMP_RING_SIZE = 64;
  public static final int RX_DRIVER_DATA_LEN = 68;
  public static final int RX_INTR_INDEX = 72;

  // Both.
  public static final int STOPPED = 80;
  public static final int ERROR = 84;

  /// u64[10]. Transmit: TSO packets, TSO bytes, unicast packets, bytes, multicast packets, bytes,
  /// broadcast packets, bytes, errors, discards. Receive: LRO in place of TSO, then the same, out
  /// of buffers, errors.
  public static final int STATS = 88;

  public static final int ERROR_NO_EOP = 0x80000000;
  public static final int ERROR_TXD_REUSE = 0x80000001;
  public static final int ERROR_BIG_PACKET = 0x80000002;
  public static final int ERROR_DESC_NOT_SUPPORTED = 0x80000003;
  public static final int ERROR_SMALL_BUFFER = 0x80000004;
  public static final int ERROR_STRESS = 0x80000005;

  /// The mode switch failed.
  public static final int ERROR_SWITCH = 0x80000006;

  public static final int ERROR_TXD_INVALID = 0x80000007;

  private QueueDesc() {}
}
