// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// The PF registers that are storage, with their writable bits and reset values (82576 data sheet,
/// section 8; masks as in the vendor's own register test). What is not here and not in
/// [PfRegisters], [PfInterrupts], [Mailboxes] or [PortStatistics] does not exist in this model.
final class PfRegisterMap {
  static final int BAR_BYTES = 128 << 10;

  private static final int VLAN_ETHER_TYPE = 0x8100;
  private static final int VMOLR_MASK = 0xDF03_3FFF;
  private static final int VMOLR_RESET = 0x8000_2600;

  private PfRegisterMap() {}

  static RegisterTable create() {
    RegisterTable table = new RegisterTable(BAR_BYTES);
    table.define(I82576Registers.CTRL, ~I82576Registers.CTRL_RST, 0);
    table.define(I82576Registers.CTRL_EXT, -1, 0);
    table.define(I82576Registers.FCAL, -1, 0);
    table.define(I82576Registers.FCAH, 0xFFFF, 0);
    table.define(I82576Registers.FCT, 0xFFFF, 0);
    table.define(I82576Registers.VET, 0xFFFF, VLAN_ETHER_TYPE);
    table.define(I82576Registers.FCTTV, 0xFFFF, 0);
    table.define(I82576Registers.TIPG, 0x3FFF_FFFF, 0);
    table.define(I82576Registers.FCRTH, 0xFFF0, 0);
    table.define(I82576Registers.RCTL, 0x04CF_B0FE, 0);
    table.define(I82576Registers.TCTL, -1, I82576Registers.TCTL_PSP);
    table.define(I82576Registers.RLPML, I82576Registers.VMOLR_RLPML_MASK, 0x2600);
    table.define(I82576Registers.MRQC, 0x01FF_003F, 0);
    table.define(I82576Registers.VT_CTL, 0x6000_0380, 0);
    table.define(I82576Registers.QDE, 0xFFFF, 0);
    table.define(I82576Registers.DTXCTL, 0x7C, 0x44);
    table.define(I82576Registers.DTXSWC, 0x80FF_FFFF, 0);
    table.define(I82576Registers.VFRE, 0xFF, 0xFF);
    table.define(I82576Registers.VFTE, 0xFF, 0xFF);
    table.define(I82576Registers.RPLOLR, I82576Registers.VMOLR_STRVLAN, 0);
    int pools = PoolFilters.POOLS;
    table.defineArray(I82576Registers.VMOLR, pools, 4, VMOLR_MASK, VMOLR_RESET);
    table.defineArray(I82576Registers.VMVIR, pools, 4, 0xC000_FFFF, 0);
    table.defineArray(I82576Registers.VLVF, I82576Registers.VLVF_ENTRIES, 4, 0x800F_FFFF, 0);
    table.defineArray(I82576Registers.MTA, 128, 4, -1, 0);
    table.defineArray(I82576Registers.UTA, 128, 4, -1, 0);
    table.defineArray(I82576Registers.VFTA, 128, 4, -1, 0);
    table.defineArray(I82576Registers.RAL, 16, 8, -1, 0);
    table.defineArray(I82576Registers.RAH, 16, 8, 0x83FF_FFFF, 0);
    table.defineArray(I82576Registers.RAL_HIGH, 8, 8, -1, 0);
    table.defineArray(I82576Registers.RAL_HIGH + 4, 8, 8, 0x83FF_FFFF, 0);
    return table;
  }
}
