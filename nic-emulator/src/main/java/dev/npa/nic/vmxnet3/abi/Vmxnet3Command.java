// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3.abi;

/// Values of the CMD register. Numbering of Linux 4 and DPDK: headers from before NPA have
/// LOAD_PLUGIN one too low.
public final class Vmxnet3Command {
  public static final int ACTIVATE_DEV = 0xCAFE0000;
  public static final int QUIESCE_DEV = 0xCAFE0001;
  public static final int RESET_DEV = 0xCAFE0002;
  public static final int UPDATE_RX_MODE = 0xCAFE0003;
  public static final int UPDATE_MAC_FILTERS = 0xCAFE0004;
  public static final int UPDATE_VLAN_FILTERS = 0xCAFE0005;
  public static final int UPDATE_RSSIDT = 0xCAFE0006;
  public static final int UPDATE_IML = 0xCAFE0007;
  public static final int UPDATE_PMCFG = 0xCAFE0008;

  /// Features have changed, or the MTU. That an MTU takes effect by this command, and so without
  /// stopping the device, is this project's choice: vmxnet3 as it is activates the device anew.
  public static final int UPDATE_FEATURE = 0xCAFE0009;

  /// NPA: the device finishes all frames the driver has handed over, then takes no more. Receiving
  /// goes on until [#ACTIVATE_VF].
  public static final int STOP_EMULATION = 0xCAFE000A;

  /// NPA: the hypervisor fills the region that `DriverShared.pluginConfDesc` names ([PluginConf]).
  /// With a length of 0: the guest withdraws, the status in the block says why.
  public static final int LOAD_PLUGIN = 0xCAFE000B;

  /// NPA: filters move to the virtual function, which starts; emulated receiving ends.
  public static final int ACTIVATE_VF = 0xCAFE000C;

  /// Names the memory that a virtual function may access ([MemRegs]); parameters in cmdInfo.
  public static final int REGISTER_MEMREGS = 0xCAFE000F;

  public static final int GET_QUEUE_STATUS = 0xF00D0000;
  public static final int GET_STATS = 0xF00D0001;
  public static final int GET_LINK = 0xF00D0002;
  public static final int GET_PERM_MAC_LO = 0xF00D0003;
  public static final int GET_PERM_MAC_HI = 0xF00D0004;
  public static final int GET_DID_LO = 0xF00D0005;
  public static final int GET_DID_HI = 0xF00D0006;
  public static final int GET_DEV_EXTRA_INFO = 0xF00D0007;
  public static final int GET_CONF_INTR = 0xF00D0008;
  public static final int GET_ADAPTIVE_RING_INFO = 0xF00D0009;
  public static final int GET_TXDATA_DESC_SIZE = 0xF00D000A;

  /// Result: done.
  public static final int RESULT_OK = 0;

  /// Result: refused or failed; nothing changed.
  public static final int RESULT_FAIL = 1;

  /// Result of [#ACTIVATE_VF]: frames wait for receive buffers; poll, refill, issue it again.
  /// Result of [#STOP_EMULATION]: frames wait for room in the uplink, transmission goes on; issue
  /// it again.
  public static final int RESULT_RETRY = 2;

  /// GET_DID_LO while a virtual function is on offer or active.
  public static final int DID_PASSTHRU = 0xFFFF;

  private Vmxnet3Command() {}
}
