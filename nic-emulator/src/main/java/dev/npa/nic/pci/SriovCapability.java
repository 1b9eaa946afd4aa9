// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

/// Offsets and bits of the SR-IOV extended capability, from its start (PCI Express Base
/// Specification, 9.3.3). All fields but [#CAPABILITIES], [#SUPPORTED_PAGE_SIZES],
/// [#SYSTEM_PAGE_SIZE] and the BARs, which have 32 bits, have 16.
///
/// VF `n` has routing id `PF + FIRST_VF_OFFSET + n * VF_STRIDE`.
public final class SriovCapability {
  /// Extended capability id.
  public static final int ID = 0x0010;

  /// Length of the capability in bytes.
  public static final int SIZE_BYTES = 0x40;

  /// SR-IOV capabilities.
  public static final int CAPABILITIES = 0x04;

  /// SR-IOV control.
  public static final int CONTROL = 0x08;

  /// [#CONTROL]: the VFs exist.
  public static final int CONTROL_VF_ENABLE = 1;

  /// [#CONTROL]: the VFs answer on their memory BARs.
  public static final int CONTROL_VF_MEMORY_SPACE = 1 << 3;

  /// [#CONTROL]: alternative routing ids are in use.
  public static final int CONTROL_ARI = 1 << 4;

  /// VFs present at first; read-only.
  public static final int INITIAL_VFS = 0x0C;

  /// Most VFs; read-only.
  public static final int TOTAL_VFS = 0x0E;

  /// VFs to enable; writable while [#CONTROL_VF_ENABLE] is clear.
  public static final int NUM_VFS = 0x10;

  /// Routing id of VF 0, from the PF's; read-only.
  public static final int FIRST_VF_OFFSET = 0x14;

  /// Distance between routing ids; read-only.
  public static final int VF_STRIDE = 0x16;

  /// Device id of every VF, whose own configuration space reads 0xFFFF; read-only.
  public static final int VF_DEVICE_ID = 0x1A;

  /// Page sizes, bit `n` for `2^(n + 12)`; read-only.
  public static final int SUPPORTED_PAGE_SIZES = 0x1C;

  /// Page size in use, encoded likewise.
  public static final int SYSTEM_PAGE_SIZE = 0x20;

  /// First of six VF BARs; VF `n`'s begins `n` BAR sizes after it.
  public static final int VF_BAR0 = 0x24;

  private SriovCapability() {}
}
