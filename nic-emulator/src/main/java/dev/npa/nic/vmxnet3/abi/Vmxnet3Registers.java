// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3.abi;

/// PCI identity, BARs and registers. All registers are 32 bits wide, 8 bytes apart.
public final class Vmxnet3Registers {
  public static final int VENDOR_ID = 0x15AD;
  public static final int DEVICE_ID = 0x07B0;

  /// BAR 0, "PT": what a data path touches; 4 KiB.
  public static final int BAR_PASSTHROUGH = 0;

  /// BAR 1, "VD": control, always trapped; 4 KiB.
  public static final int BAR_VIRTUAL_DEVICE = 1;

  /// BAR 2: MSI-X table at 0, pending bits at 0x1000; 8 KiB.
  public static final int BAR_MSIX = 2;

  /// BAR 4: window through which the guest reaches the registers of a virtual function, 64 KiB;
  /// unmapped in emulated mode. NPA needs one; its place is this project's choice.
  public static final int BAR_VF_WINDOW = 4;

  public static final int BAR_BYTES = 0x1000;
  public static final int MSIX_BAR_BYTES = 0x2000;
  public static final int MSIX_PBA_OFFSET = 0x1000;
  public static final int VF_WINDOW_BYTES = 0x10000;

  /// 8 transmit, 16 receive, 1 event.
  public static final int VECTORS = 25;

  // BAR 0.
  /// Interrupt mask of vector `v` at `IMR + 8 * v`; 1 = masked.
  public static final int IMR = 0x000;

  /// Transmit producer of queue `q` at `TXPROD + 8 * q`.
  public static final int TXPROD = 0x600;

  /// Receive producer, ring 0, of queue `q` at `RXPROD + 8 * q`.
  public static final int RXPROD = 0x800;

  /// Receive producer, ring 1.
  public static final int RXPROD2 = 0xA00;

  // BAR 1.
  /// Device revisions supported (read), selected (write).
  public static final int VRRS = 0x00;

  /// UPT versions supported (read), selected (write).
  public static final int UVRS = 0x08;

  /// Address of [DriverShared], low half; write it first.
  public static final int DSAL = 0x10;

  /// High half; writing it makes the address take effect.
  public static final int DSAH = 0x18;

  /// Write a command, read its result.
  public static final int CMD = 0x20;

  /// MAC address bytes 0 to 3.
  public static final int MACL = 0x28;

  /// MAC address bytes 4 and 5; writing it makes the change take effect.
  public static final int MACH = 0x30;

  /// INTx cause; reading clears it.
  public static final int ICR = 0x38;

  /// Write ones to acknowledge events.
  public static final int ECR = 0x40;

  private Vmxnet3Registers() {}
}
