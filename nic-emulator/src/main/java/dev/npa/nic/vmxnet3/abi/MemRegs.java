// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3.abi;

/// Parameter block of REGISTER_MEMREGS: the memory that the guest grants to a virtual function.
/// `DriverShared.cmdInfo` holds {length u32, pad u32, address u64} of this block.
///
/// ```
/// +0 number of regions u16, +2 pad u16, +4 pad u32
/// +8 + 16 * i: start u64, length u32, transmit queue bits u16, receive queue bits u16
/// ```
///
/// A function's IOVAs are guest-physical addresses; what is not registered is not mapped.
public final class MemRegs {
  public static final int HEADER_BYTES = 8;
  public static final int REGION_BYTES = 16;
  public static final int MAX_REGIONS = 16;

  public static final int COUNT = 0;
  public static final int START = 0;
  public static final int LENGTH = 8;
  public static final int TX_QUEUE_BITS = 12;
  public static final int RX_QUEUE_BITS = 14;

  private MemRegs() {}
}
