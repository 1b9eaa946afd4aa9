// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3.abi;

/// The block in guest memory that driver and device share; 720 bytes, little-endian, packed.
/// Constants are byte offsets unless said.
public final class DriverShared {
  public static final int SIZE_BYTES = 720;
  public static final int MAGIC_VALUE = 0xBABEFEE1;

  public static final int MAGIC = 0;
  public static final int SIZE = 4;
  public static final int DRIVER_VERSION = 8;

  /// 1:0 word size (1 = 32, 2 = 64 bits), 5:2 type (1 Linux, 2 Windows, 3 Solaris, 4 FreeBSD, 5
  /// PXE), 21:6 version.
  public static final int GUEST_OS = 12;

  public static final int REVISION_SUPPORT = 16;
  public static final int UPT_VERSION_SUPPORT = 20;

  /// u64, bits `FEATURE_*`.
  public static final int UPT_FEATURES = 24;

  public static final int DRIVER_DATA_PA = 32;

  /// u64, a multiple of 128: all transmit, then all receive [QueueDesc]s.
  public static final int QUEUE_DESC_PA = 40;

  public static final int DRIVER_DATA_LEN = 48;
  public static final int QUEUE_DESC_LEN = 52;

  /// u32, 60 to 9000.
  public static final int MTU = 56;

  public static final int MAX_NUM_RX_SG = 60;
  public static final int NUM_TX_QUEUES = 62;
  public static final int NUM_RX_QUEUES = 63;
  public static final int AUTO_MASK = 80;
  public static final int NUM_INTRS = 81;
  public static final int EVENT_INTR_INDEX = 82;

  /// u8[25].
  public static final int MOD_LEVELS = 83;

  /// Bit 0: all interrupts disabled.
  public static final int INTR_CTRL = 108;

  /// Bits `RX_MODE_*`.
  public static final int RX_MODE = 120;

  /// u16, bytes.
  public static final int MULTICAST_TABLE_LEN = 124;

  /// u64: 6-byte addresses.
  public static final int MULTICAST_TABLE_PA = 128;

  /// u32[128]: bit `vid & 31` of word `vid >> 5`.
  public static final int VLAN_TABLE = 136;

  public static final int RSS_CONF_DESC = 648;
  public static final int PM_CONF_DESC = 664;

  /// {version u32, length u32, address u64}: where the hypervisor puts the plugin.
  public static final int PLUGIN_CONF_DESC = 680;

  /// u32, bits `EVENT_*`: the device sets, the driver clears through the ECR register.
  public static final int ECR = 696;

  /// 16 bytes of command parameters.
  public static final int CMD_INFO = 704;

  public static final int FEATURE_RX_CHECKSUM = 1;
  public static final int FEATURE_RSS = 2;
  public static final int FEATURE_RX_VLAN = 4;
  public static final int FEATURE_LRO = 8;

  public static final int RX_MODE_UNICAST = 1;
  public static final int RX_MODE_MULTICAST = 2;
  public static final int RX_MODE_BROADCAST = 4;
  public static final int RX_MODE_ALL_MULTI = 8;
  public static final int RX_MODE_PROMISCUOUS = 16;

  public static final int EVENT_RX_QUEUE_ERROR = 1;
  public static final int EVENT_TX_QUEUE_ERROR = 2;
  public static final int EVENT_LINK = 4;

  /// Device implementation change: the hypervisor offers a virtual function, or has taken it back.
  public static final int EVENT_DIC = 8;

  public static final int EVENT_DEBUG = 16;

  private DriverShared() {}
}
