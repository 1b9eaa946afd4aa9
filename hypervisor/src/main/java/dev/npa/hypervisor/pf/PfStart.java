// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.CTRL;
import static dev.npa.nic.i82576.I82576Registers.CTRL_EXT;
import static dev.npa.nic.i82576.I82576Registers.CTRL_EXT_PFRSTD;
import static dev.npa.nic.i82576.I82576Registers.CTRL_RST;
import static dev.npa.nic.i82576.I82576Registers.DCTL_ENABLE;
import static dev.npa.nic.i82576.I82576Registers.DTXSWC;
import static dev.npa.nic.i82576.I82576Registers.DTXSWC_LOOPBACK_ENABLE;
import static dev.npa.nic.i82576.I82576Registers.EIMS;
import static dev.npa.nic.i82576.I82576Registers.GPIE;
import static dev.npa.nic.i82576.I82576Registers.GPIE_EIAME;
import static dev.npa.nic.i82576.I82576Registers.GPIE_MULTIPLE_MSIX;
import static dev.npa.nic.i82576.I82576Registers.ICR_VMMB;
import static dev.npa.nic.i82576.I82576Registers.IMS;
import static dev.npa.nic.i82576.I82576Registers.IVAR_MISC;
import static dev.npa.nic.i82576.I82576Registers.IVAR_VALID;
import static dev.npa.nic.i82576.I82576Registers.MBVFIMR;
import static dev.npa.nic.i82576.I82576Registers.MRQC;
import static dev.npa.nic.i82576.I82576Registers.MRQC_MODE_VMDQ;
import static dev.npa.nic.i82576.I82576Registers.QDE;
import static dev.npa.nic.i82576.I82576Registers.QUEUE_STRIDE;
import static dev.npa.nic.i82576.I82576Registers.RCTL;
import static dev.npa.nic.i82576.I82576Registers.RCTL_BAM;
import static dev.npa.nic.i82576.I82576Registers.RCTL_LPE;
import static dev.npa.nic.i82576.I82576Registers.RCTL_RXEN;
import static dev.npa.nic.i82576.I82576Registers.RDBAH;
import static dev.npa.nic.i82576.I82576Registers.RDBAL;
import static dev.npa.nic.i82576.I82576Registers.RDLEN;
import static dev.npa.nic.i82576.I82576Registers.RPLOLR;
import static dev.npa.nic.i82576.I82576Registers.RXDCTL;
import static dev.npa.nic.i82576.I82576Registers.RX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.SRRCTL;
import static dev.npa.nic.i82576.I82576Registers.SRRCTL_DESCTYPE_ADVANCED;
import static dev.npa.nic.i82576.I82576Registers.SRRCTL_DROP_EN;
import static dev.npa.nic.i82576.I82576Registers.TCTL;
import static dev.npa.nic.i82576.I82576Registers.TCTL_EN;
import static dev.npa.nic.i82576.I82576Registers.TCTL_PSP;
import static dev.npa.nic.i82576.I82576Registers.TDBAH;
import static dev.npa.nic.i82576.I82576Registers.TDBAL;
import static dev.npa.nic.i82576.I82576Registers.TDH;
import static dev.npa.nic.i82576.I82576Registers.TDLEN;
import static dev.npa.nic.i82576.I82576Registers.TDT;
import static dev.npa.nic.i82576.I82576Registers.TXDCTL;
import static dev.npa.nic.i82576.I82576Registers.TX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.VFRE;
import static dev.npa.nic.i82576.I82576Registers.VFTE;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_STRCRC;
import static dev.npa.nic.i82576.I82576Registers.VT_CTL;
import static dev.npa.nic.i82576.I82576Registers.VT_CTL_DEFAULT_POOL_SHIFT;
import static dev.npa.nic.i82576.I82576Registers.VT_CTL_REPLICATION_ENABLE;

import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.MessageTarget;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.pci.SriovCapability;

/// The physical function's initialisation, in the order of the data sheet (82576 data sheet, 4.5
/// and 7.10).
final class PfStart {
  private static final int MSI_X_BAR = 3;
  private static final int MSI_X_CONTROL = 2;
  private static final int MSI_X_ENABLE = 1 << 15;
  private static final int MSI_X_ENTRY_DATA = 8;
  private static final int MSI_X_ENTRY_CONTROL = 12;

  /// Where x86 interrupt controllers live. The message is for this driver alone.
  private static final int MESSAGE_ADDRESS = 0xFEE0_0000;

  /// IVAR_MISC byte 1: all causes of ICR.
  private static final int OTHER_CAUSES = IVAR_VALID << 8;

  private static final int ALL_QUEUES = 0xFFFF;
  private static final int PF_QUEUE = I82576PfDriver.PF_POOL * QUEUE_STRIDE;

  private PfStart() {}

  static void reset(PciFunction function, Registers registers) {
    ConfigSpace config = function.config();
    int command = ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER;
    config.write(ConfigSpace.COMMAND, 2, config.read(ConfigSpace.COMMAND, 2) | command);
    registers.write(CTRL, CTRL_RST);
  }

  /// Pools, embedded switch, and nobody but the PF enabled; then the virtual functions exist.
  static void virtualise(PciFunction function, Registers registers) {
    registers.write(MRQC, MRQC_MODE_VMDQ);
    int defaultPool = I82576PfDriver.PF_POOL << VT_CTL_DEFAULT_POOL_SHIFT;
    registers.write(VT_CTL, defaultPool | VT_CTL_REPLICATION_ENABLE);
    registers.write(DTXSWC, DTXSWC_LOOPBACK_ENABLE);
    registers.write(RPLOLR, VMOLR_STRCRC);
    registers.write(QDE, ALL_QUEUES);
    registers.write(VFRE, 1 << I82576PfDriver.PF_POOL);
    registers.write(VFTE, 1 << I82576PfDriver.PF_POOL);
    ConfigSpace config = function.config();
    int sriov = PciCapabilities.findExtended(config, SriovCapability.ID);
    config.write(sriov + SriovCapability.NUM_VFS, 2, I82576PfDriver.VFS);
    int control =
        SriovCapability.CONTROL_VF_ENABLE
            | SriovCapability.CONTROL_VF_MEMORY_SPACE
            | SriovCapability.CONTROL_ARI;
    config.write(sriov + SriovCapability.CONTROL, 2, control);
  }

  /// The PF's own queue pair, then its receiver and transmitter.
  static void queues(Registers registers) {
    int rx = RX_QUEUE + PF_QUEUE;
    registers.write(rx + RDBAL, (int) HostRings.RX_RING);
    registers.write(rx + RDBAH, 0);
    registers.write(rx + RDLEN, HostRings.RX_DESCRIPTORS * HostRings.DESCRIPTOR_BYTES);
    registers.write(rx + SRRCTL, SRRCTL_DROP_EN | SRRCTL_DESCTYPE_ADVANCED | HostRings.BUFFER_KIB);
    registers.write(rx + RXDCTL, DCTL_ENABLE);
    int tx = TX_QUEUE + PF_QUEUE;
    registers.write(tx + TDBAL, (int) HostRings.TX_RING);
    registers.write(tx + TDBAH, 0);
    registers.write(tx + TDLEN, HostRings.TX_DESCRIPTORS * HostRings.DESCRIPTOR_BYTES);
    registers.write(tx + TDH, 0);
    registers.write(tx + TDT, 0);
    registers.write(tx + TXDCTL, DCTL_ENABLE);
    registers.write(TCTL, TCTL_EN | TCTL_PSP);
    registers.write(RCTL, RCTL_RXEN | RCTL_LPE | RCTL_BAM);
  }

  /// Vector 0 for mailboxes and VF resets; the queues are polled.
  static void interrupts(PciFunction function, Registers registers, MessageTarget target) {
    function.msiX().route(target);
    Registers table = new Registers(function.bar(MSI_X_BAR));
    table.write(0, MESSAGE_ADDRESS);
    table.write(MSI_X_ENTRY_DATA, 0);
    table.write(MSI_X_ENTRY_CONTROL, 0);
    int capability = PciCapabilities.find(function.config(), PciCapabilities.MSI_X);
    function.config().write(capability + MSI_X_CONTROL, 2, MSI_X_ENABLE);
    registers.write(GPIE, GPIE_MULTIPLE_MSIX | GPIE_EIAME);
    registers.write(IVAR_MISC, OTHER_CAUSES);
    registers.write(MBVFIMR, (1 << I82576PfDriver.VFS) - 1);
    registers.write(IMS, ICR_VMMB);
    registers.write(EIMS, 1);
    registers.set(CTRL_EXT, CTRL_EXT_PFRSTD);
  }
}
