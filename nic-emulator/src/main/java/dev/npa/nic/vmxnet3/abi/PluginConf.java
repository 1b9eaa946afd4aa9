// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3.abi;

/// The region that `DriverShared.pluginConfDesc` names and LOAD_PLUGIN fills: a header of 4096
/// bytes, then the plugin package. NPA documents the slot, not its content; this is our layout.
/// Constants are byte offsets.
///
/// ```
/// 0 magic u32 | 4 version u32 | 8 status u32 (written by the guest) | 12 package length u32
/// 16 vendor id u16, device id u16 | 20 BAR window offset u32 | 24 BAR size u32
/// 28 transmit queues u8, receive queues u8, vectors u8, pad | 32 API version u32
/// 36 reserved | 40 plugin data u32[32]
/// 4096 package
/// ```
public final class PluginConf {
  public static final int HEADER_BYTES = 4096;

  /// Bytes "NPAC" in memory.
  public static final int MAGIC_VALUE = 0x4341504E;

  public static final int VERSION_VALUE = 1;

  public static final int MAGIC = 0;
  public static final int VERSION = 4;
  public static final int STATUS = 8;
  public static final int PACKAGE_LENGTH = 12;
  public static final int VENDOR_ID = 16;
  public static final int DEVICE_ID = 18;
  public static final int BAR_OFFSET = 20;
  public static final int BAR_SIZE = 24;
  public static final int NUM_TX_QUEUES = 28;
  public static final int NUM_RX_QUEUES = 29;
  public static final int NUM_VECTORS = 30;
  public static final int API_VERSION = 32;
  public static final int PLUGIN_DATA = 40;
  public static final int PLUGIN_DATA_WORDS = 32;

  /// Status: nothing to report.
  public static final int STATUS_NONE = 0;

  /// Status: the plugin passed the shell's gate.
  public static final int STATUS_ACCEPTED = 1;

  /// Status: the shell's gate refused the plugin.
  public static final int STATUS_REFUSED = 2;

  /// Status: the plugin declined the device in swInit or a ring could not be set up.
  public static final int STATUS_DECLINED = 3;

  /// Status: the plugin faulted while it ran; the function is to be quarantined.
  public static final int STATUS_FAULTED = 4;

  private PluginConf() {}
}
