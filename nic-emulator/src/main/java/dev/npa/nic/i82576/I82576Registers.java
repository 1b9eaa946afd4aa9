// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// Registers of the 82576 that a PF driver uses, by their data-sheet names (82576 data sheet,
/// section 8). Offsets are in bytes from BAR0 of the PF; those of the VF's BAR0 begin with `VT` or
/// `VF`. `v` is a VF or pool, `n` a queue, `i` an entry.
public final class I82576Registers {
  // General, 8.2
  public static final int CTRL = 0x0000;
  public static final int CTRL_RST = 1 << 26;
  public static final int STATUS = 0x0008;
  public static final int STATUS_FD = 1;
  public static final int STATUS_LU = 1 << 1;
  public static final int STATUS_SPEED_1000 = 1 << 7;
  public static final int STATUS_LAN_INIT_DONE = 1 << 9;
  public static final int STATUS_NUM_VFS_SHIFT = 14;
  public static final int STATUS_IOV_MODE = 1 << 18;
  public static final int STATUS_GIO_MASTER_ENABLE = 1 << 19;
  public static final int CTRL_EXT = 0x0018;

  /// [#CTRL_EXT]: the PF has finished its reset; VFs read RSTD.
  public static final int CTRL_EXT_PFRSTD = 1 << 14;

  public static final int FCAL = 0x0028;
  public static final int FCAH = 0x002C;
  public static final int FCT = 0x0030;
  public static final int VET = 0x0038;
  public static final int FCTTV = 0x0170;
  public static final int TIPG = 0x0410;
  public static final int FRTIMER = 0x1048;
  public static final int FCRTH = 0x2168;

  // Receive and transmit, 8.10 and 8.12
  public static final int RCTL = 0x0100;
  public static final int RCTL_RXEN = 1 << 1;
  public static final int RCTL_UPE = 1 << 3;
  public static final int RCTL_MPE = 1 << 4;
  public static final int RCTL_LPE = 1 << 5;
  public static final int RCTL_MO_SHIFT = 12;
  public static final int RCTL_BAM = 1 << 15;
  public static final int RCTL_BSIZE_SHIFT = 16;

  /// [#RCTL]: filter by VLAN ([#VLVF], and AUPE for frames without a tag).
  public static final int RCTL_VFE = 1 << 18;

  public static final int TCTL = 0x0400;
  public static final int TCTL_EN = 1 << 1;

  /// [#TCTL]: pad short frames to 60 bytes.
  public static final int TCTL_PSP = 1 << 3;

  public static final int RLPML = 0x5004;
  public static final int MRQC = 0x5818;
  public static final int MRQC_MODE_MASK = 7;
  public static final int MRQC_MODE_VMDQ = 3;
  public static final int MRQC_MODE_VMDQ_RSS = 5;
  public static final int QDE = 0x2408;

  // Queues; the same layout in the VF's blocks at 2800h and 3800h
  public static final int RX_QUEUE = 0xC000;
  public static final int TX_QUEUE = 0xE000;
  public static final int QUEUE_STRIDE = 0x40;
  public static final int VF_RX_QUEUE = 0x2800;
  public static final int VF_TX_QUEUE = 0x3800;
  public static final int LEGACY_QUEUE_STRIDE = 0x100;
  public static final int RDBAL = 0x00;
  public static final int RDBAH = 0x04;
  public static final int RDLEN = 0x08;
  public static final int SRRCTL = 0x0C;
  public static final int SRRCTL_DESCTYPE_ADVANCED = 1 << 25;
  public static final int SRRCTL_DROP_EN = 1 << 31;
  public static final int RDH = 0x10;
  public static final int RXCTL = 0x14;
  public static final int RDT = 0x18;
  public static final int RXDCTL = 0x28;
  public static final int RQDPC = 0x30;
  public static final int TDBAL = 0x00;
  public static final int TDBAH = 0x04;
  public static final int TDLEN = 0x08;
  public static final int TDH = 0x10;
  public static final int TXCTL = 0x14;
  public static final int TDT = 0x18;
  public static final int TXDCTL = 0x28;
  public static final int TDWBAL = 0x38;
  public static final int TDWBAH = 0x3C;

  /// [#RXDCTL] and [#TXDCTL].
  public static final int DCTL_ENABLE = 1 << 25;

  // Interrupts, 8.8
  public static final int ICR = 0x1500;
  public static final int ICS = 0x1504;
  public static final int IMS = 0x1508;
  public static final int IMC = 0x150C;
  public static final int ICR_TXDW = 1;
  public static final int ICR_RXDW = 1 << 7;

  /// [#ICR]: a VF asked, acknowledged, or was reset.
  public static final int ICR_VMMB = 1 << 8;

  public static final int ICR_MDDET = 1 << 28;
  public static final int GPIE = 0x1514;
  public static final int GPIE_MULTIPLE_MSIX = 1 << 4;
  public static final int GPIE_EIAME = 1 << 30;
  public static final int EICS = 0x1520;
  public static final int EIMS = 0x1524;
  public static final int EIMC = 0x1528;
  public static final int EIAC = 0x152C;
  public static final int EIAM = 0x1530;
  public static final int EICR = 0x1580;
  public static final int EITR = 0x1680;
  public static final int IVAR = 0x1700;
  public static final int IVAR_MISC = 0x1740;
  public static final int IVAR_VALID = 0x80;

  // Filters and switch, 8.10, 8.14
  public static final int MTA = 0x5200;
  public static final int RAL = 0x5400;
  public static final int RAH = 0x5404;
  public static final int RAL_HIGH = 0x54E0;
  public static final int RECEIVE_ADDRESSES = 24;
  public static final int RAH_POOL_SHIFT = 18;
  public static final int RAH_AV = 1 << 31;
  public static final int VFTA = 0x5600;
  public static final int VT_CTL = 0x581C;
  public static final int VT_CTL_DEFAULT_POOL_SHIFT = 7;
  public static final int VT_CTL_DISABLE_DEFAULT_POOL = 1 << 29;
  public static final int VT_CTL_REPLICATION_ENABLE = 1 << 30;
  public static final int VMOLR = 0x5AD0;
  public static final int VMOLR_RLPML_MASK = 0x3FFF;
  public static final int VMOLR_LPE = 1 << 16;
  public static final int VMOLR_AUPE = 1 << 24;
  public static final int VMOLR_ROMPE = 1 << 25;
  public static final int VMOLR_ROPE = 1 << 26;
  public static final int VMOLR_BAM = 1 << 27;
  public static final int VMOLR_MPME = 1 << 28;
  public static final int VMOLR_STRVLAN = 1 << 30;
  public static final int VMOLR_STRCRC = 1 << 31;
  public static final int RPLOLR = 0x5AF0;
  public static final int VLVF = 0x5D00;
  public static final int VLVF_ENTRIES = 32;
  public static final int VLVF_POOL_SHIFT = 12;
  public static final int VLVF_ENABLE = 1 << 31;
  public static final int UTA = 0xA000;
  public static final int DTXSWC = 0x3500;
  public static final int DTXSWC_VLAN_SPOOF_SHIFT = 8;
  public static final int DTXSWC_LLE_SHIFT = 16;
  public static final int DTXSWC_LOOPBACK_ENABLE = 1 << 31;
  public static final int WVBR = 0x3554;
  public static final int DTXCTL = 0x3590;
  public static final int DTXCTL_SPOOF_INT = 1 << 6;
  public static final int VMVIR = 0x3700;
  public static final int VMVIR_DEFAULT_TAG = 1 << 30;
  public static final int VMVIR_NEVER_TAG = 1 << 31;

  // Virtualisation, 8.14
  public static final int VMBMEM = 0x0800;
  public static final int VMBMEM_STRIDE = 0x40;
  public static final int P2VMAILBOX = 0x0C00;
  public static final int P2VMAILBOX_STS = 1;
  public static final int P2VMAILBOX_ACK = 1 << 1;
  public static final int P2VMAILBOX_VFU = 1 << 2;
  public static final int P2VMAILBOX_PFU = 1 << 3;
  public static final int P2VMAILBOX_RVFU = 1 << 4;
  public static final int MBVFICR = 0x0C80;
  public static final int MBVFICR_ACK_SHIFT = 16;
  public static final int MBVFIMR = 0x0C84;
  public static final int VFLRE = 0x0C88;
  public static final int VFRE = 0x0C8C;
  public static final int VFTE = 0x0C90;

  /// First of the VFs' mirrors, 100h apart.
  public static final int VF_CSR = 0x10000;

  // Statistics, 8.18; all clear on read
  public static final int MPC = 0x4010;
  public static final int GPRC = 0x4074;
  public static final int BPRC = 0x4078;
  public static final int MPRC = 0x407C;
  public static final int GPTC = 0x4080;
  public static final int GORCL = 0x4088;
  public static final int GOTCL = 0x4090;
  public static final int RUC = 0x40A4;
  public static final int ROC = 0x40AC;
  public static final int MPTC = 0x40F0;
  public static final int BPTC = 0x40F4;
  public static final int RPTHC = 0x4104;
  public static final int HGPTC = 0x4118;
  public static final int HGORCL = 0x4128;
  public static final int HGOTCL = 0x4130;
  public static final int SSVPC = 0x41A0;

  // The VF's own, 8.28
  public static final int VTCTRL = 0x0000;
  public static final int VFMAILBOX = 0x0C40;
  public static final int VFMAILBOX_REQ = 1;
  public static final int VFMAILBOX_ACK = 1 << 1;
  public static final int VFMAILBOX_VFU = 1 << 2;
  public static final int VFMAILBOX_PFU = 1 << 3;
  public static final int VFMAILBOX_PFSTS = 1 << 4;
  public static final int VFMAILBOX_PFACK = 1 << 5;
  public static final int VFMAILBOX_RSTI = 1 << 6;
  public static final int VFMAILBOX_RSTD = 1 << 7;
  public static final int PBACL = 0x0F04;
  public static final int PSRTYPE = 0x0F0C;
  public static final int VFGPRC = 0x0F10;
  public static final int VFGPTC = 0x0F14;
  public static final int VFGORC = 0x0F18;
  public static final int VFGOTC = 0x0F34;
  public static final int VFMPRC = 0x0F3C;
  public static final int VFGPRLBC = 0x0F40;
  public static final int VFGPTLBC = 0x0F44;
  public static final int VFGORLBC = 0x0F48;
  public static final int VFGOTLBC = 0x0F50;
  public static final int VTEICS = EICS;
  public static final int VTEIMS = EIMS;
  public static final int VTEIMC = EIMC;
  public static final int VTEIAC = EIAC;
  public static final int VTEIAM = EIAM;
  public static final int VTEICR = EICR;
  public static final int VTEITR = EITR;
  public static final int VTIVAR = IVAR;
  public static final int VTIVAR_MISC = IVAR_MISC;
  public static final int PBRWAC = 0x24E8;
  public static final int PBTWAC = 0x34E8;

  private I82576Registers() {}
}
