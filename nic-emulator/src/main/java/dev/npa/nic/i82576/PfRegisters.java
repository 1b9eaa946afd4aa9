// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.RegisterFile;

/// The PF's BAR0 (82576 data sheet, section 8).
///
/// All queues are here at C000h and E000h; the first four receive and transmit queues also at their
/// legacy places 2800h and 3800h. The tails at C018h and E018h drive a queue while the PF owns it;
/// a VF's queue listens to the VF's tails only.
final class PfRegisters implements RegisterFile {
  private static final int CTRL_ALIAS = 0x0004;
  private static final int LEGACY_QUEUES = 4;
  private static final int NO_REGISTER = 0x3FFC; // In a VF's BAR0.
  private static final int MIRROR_BYTES = 0x100;
  private static final int QUEUE_BLOCKS = PoolFilters.POOLS * I82576Registers.QUEUE_STRIDE;

  private final RegisterTable table;
  private final EmbeddedSwitch embeddedSwitch;
  private final PfInterrupts interrupts;
  private final PortStatistics statistics;
  private final Mailboxes mailboxes;
  private final VirtualFunctions virtualFunctions;
  private final BusMaster busMaster;
  private Bar bar;

  PfRegisters(
      RegisterTable table,
      EmbeddedSwitch embeddedSwitch,
      PfInterrupts interrupts,
      PortStatistics statistics,
      Mailboxes mailboxes,
      VirtualFunctions virtualFunctions,
      BusMaster busMaster) {
    this.table = table;
    this.embeddedSwitch = embeddedSwitch;
    this.interrupts = interrupts;
    this.statistics = statistics;
    this.mailboxes = mailboxes;
    this.virtualFunctions = virtualFunctions;
    this.busMaster = busMaster;
  }

  /// Where the tails are.
  void mappedBy(Bar mapping) {
    bar = mapping;
  }

  static int rxDoorbell(int queue) {
    return I82576Registers.RX_QUEUE + queue * I82576Registers.QUEUE_STRIDE + I82576Registers.RDT;
  }

  static int txDoorbell(int queue) {
    return I82576Registers.TX_QUEUE + queue * I82576Registers.QUEUE_STRIDE + I82576Registers.TDT;
  }

  static int microseconds() {
    return (int) (System.nanoTime() / 1000);
  }

  @Override
  public Kind kind(int offset) {
    boolean queue = inBlocks(offset, I82576Registers.RX_QUEUE, QUEUE_BLOCKS);
    queue |= inBlocks(offset, I82576Registers.TX_QUEUE, QUEUE_BLOCKS);
    boolean tail = offset % I82576Registers.QUEUE_STRIDE == I82576Registers.RDT;
    return queue && tail ? Kind.DOORBELL : Kind.SERIALIZED;
  }

  @Override
  public int read32(int offset) {
    int target = canonical(offset);
    if (kind(target) == Kind.DOORBELL) {
      return bar.doorbell(target);
    }
    if (inBlocks(target, I82576Registers.RX_QUEUE, QUEUE_BLOCKS)) {
      return pool(target - I82576Registers.RX_QUEUE).rxRegisters().read(register(target));
    }
    if (inBlocks(target, I82576Registers.TX_QUEUE, QUEUE_BLOCKS)) {
      return pool(target - I82576Registers.TX_QUEUE).txRegisters().read(register(target));
    }
    if (PortStatistics.has(target)) {
      return statistics.read(target);
    }
    if (PfInterrupts.has(target)) {
      return interrupts.read(target);
    }
    if (target >= I82576Registers.VF_CSR) {
      return readMirror(target - I82576Registers.VF_CSR);
    }
    if (isMailbox(target)) {
      return readMailbox(target);
    }
    return switch (target) {
      case I82576Registers.STATUS -> status();
      case I82576Registers.FRTIMER -> microseconds();
      case I82576Registers.WVBR -> takeWrongBehaviour();
      default -> table.read(target);
    };
  }

  @Override
  public void write32(int offset, int value) {
    int target = canonical(offset);
    if (kind(target) == Kind.DOORBELL) {
      bar.setDoorbell(target, value);
    } else if (inBlocks(target, I82576Registers.RX_QUEUE, QUEUE_BLOCKS)) {
      pool(target - I82576Registers.RX_QUEUE).rxRegisters().write(register(target), value);
    } else if (inBlocks(target, I82576Registers.TX_QUEUE, QUEUE_BLOCKS)) {
      pool(target - I82576Registers.TX_QUEUE).txRegisters().write(register(target), value);
    } else if (PfInterrupts.has(target)) {
      interrupts.write(target, value);
    } else if (target >= I82576Registers.VF_CSR) {
      writeMirror(target - I82576Registers.VF_CSR, value);
    } else if (isMailbox(target)) {
      writeMailbox(target, value);
    } else {
      writeStored(target, value);
    }
  }

  private void writeStored(int offset, int value) {
    table.write(offset, value);
    if (offset == I82576Registers.CTRL && (value & I82576Registers.CTRL_RST) != 0) {
      reset();
    } else if (offset == I82576Registers.CTRL_EXT) {
      if ((value & I82576Registers.CTRL_EXT_PFRSTD) != 0) {
        mailboxes.resetDone();
      }
    } else {
      embeddedSwitch.reload();
    }
  }

  /// CTRL.RST: everything of the device but configuration spaces and statistics. VFs read RSTI
  /// until the PF driver sets CTRL_EXT.PFRSTD.
  void reset() {
    for (int i = 0; i < PoolFilters.POOLS; i++) {
      embeddedSwitch.pool(i).reset();
    }
    virtualFunctions.resetRegisters();
    table.reset();
    interrupts.reset();
    mailboxes.reset();
    embeddedSwitch.reload();
  }

  /// Takes a pool's right to receive and send away.
  void revoke(int pool) {
    table.set(I82576Registers.VFRE, table.read(I82576Registers.VFRE) & ~(1 << pool));
    table.set(I82576Registers.VFTE, table.read(I82576Registers.VFTE) & ~(1 << pool));
    embeddedSwitch.reload();
  }

  /// STATUS: the link is up, full duplex, at 1 Gb/s, always.
  int status() {
    return I82576Registers.STATUS_FD
        | I82576Registers.STATUS_LU
        | I82576Registers.STATUS_SPEED_1000
        | I82576Registers.STATUS_LAN_INIT_DONE
        | virtualFunctions.count() << I82576Registers.STATUS_NUM_VFS_SHIFT
        | (virtualFunctions.enabled() ? I82576Registers.STATUS_IOV_MODE : 0)
        | (busMaster.enabled() ? I82576Registers.STATUS_GIO_MASTER_ENABLE : 0);
  }

  private int takeWrongBehaviour() {
    int value = table.read(I82576Registers.WVBR);
    table.set(I82576Registers.WVBR, 0);
    return value;
  }

  /// The place of a register that also has a legacy place.
  private static int canonical(int offset) {
    if (offset == CTRL_ALIAS) {
      return I82576Registers.CTRL;
    }
    int receive = offset - I82576Registers.VF_RX_QUEUE;
    int transmit = offset - I82576Registers.VF_TX_QUEUE;
    if (isLegacyQueue(receive)) {
      return I82576Registers.RX_QUEUE + compact(receive);
    }
    return isLegacyQueue(transmit) ? I82576Registers.TX_QUEUE + compact(transmit) : offset;
  }

  private static boolean isLegacyQueue(int inBlocks) {
    return inBlocks >= 0
        && inBlocks < LEGACY_QUEUES * I82576Registers.LEGACY_QUEUE_STRIDE
        && inBlocks % I82576Registers.LEGACY_QUEUE_STRIDE < I82576Registers.QUEUE_STRIDE;
  }

  private static int compact(int inBlocks) {
    return inBlocks / I82576Registers.LEGACY_QUEUE_STRIDE * I82576Registers.QUEUE_STRIDE
        + inBlocks % I82576Registers.LEGACY_QUEUE_STRIDE;
  }

  private static boolean inBlocks(int offset, int first, int lengthBytes) {
    return offset >= first && offset < first + lengthBytes;
  }

  private static int register(int offset) {
    return offset % I82576Registers.QUEUE_STRIDE;
  }

  private Pool pool(int inBlocks) {
    return embeddedSwitch.pool(inBlocks / I82576Registers.QUEUE_STRIDE);
  }

  private static boolean isMailbox(int offset) {
    return offset >= I82576Registers.VMBMEM && offset <= I82576Registers.VFLRE;
  }

  private int readMailbox(int offset) {
    int vf = (offset - I82576Registers.P2VMAILBOX) / 4;
    int memory = offset - I82576Registers.VMBMEM;
    int owner = memory / I82576Registers.VMBMEM_STRIDE;
    if (offset >= I82576Registers.MBVFICR) {
      return mailboxes.read(offset);
    }
    if (offset >= I82576Registers.P2VMAILBOX) {
      return Mailboxes.hasVf(vf) ? mailboxes.readAsPf(vf) : 0;
    }
    return Mailboxes.hasVf(owner)
        ? mailboxes.word(owner, memory % I82576Registers.VMBMEM_STRIDE / 4)
        : 0;
  }

  private void writeMailbox(int offset, int value) {
    int vf = (offset - I82576Registers.P2VMAILBOX) / 4;
    int memory = offset - I82576Registers.VMBMEM;
    int owner = memory / I82576Registers.VMBMEM_STRIDE;
    if (offset >= I82576Registers.MBVFICR) {
      mailboxes.write(offset, value);
    } else if (offset >= I82576Registers.P2VMAILBOX) {
      if (Mailboxes.hasVf(vf) && mailboxes.writeAsPf(vf, value) && vf < virtualFunctions.count()) {
        virtualFunctions.get(vf).interrupts().mailboxCause();
      }
    } else if (Mailboxes.hasVf(owner)) {
      mailboxes.setWord(owner, memory % I82576Registers.VMBMEM_STRIDE / 4, value);
    }
  }

  private int readMirror(int inMirrors) {
    int vf = inMirrors / MIRROR_BYTES;
    return vf < virtualFunctions.count()
        ? virtualFunctions.get(vf).assignedRegisters().read32(mirrored(inMirrors % MIRROR_BYTES))
        : 0;
  }

  private void writeMirror(int inMirrors, int value) {
    int vf = inMirrors / MIRROR_BYTES;
    if (vf < virtualFunctions.count()) {
      virtualFunctions
          .get(vf)
          .assignedRegisters()
          .write32(mirrored(inMirrors % MIRROR_BYTES), value);
    }
  }

  /// Where in the VF's BAR0 a register of its mirror is: CTRL at 00h, interrupts at 20h to 30h and
  /// 80h, statistics between.
  private static int mirrored(int inMirror) {
    if (inMirror == 0) {
      return I82576Registers.VTCTRL;
    }
    boolean interrupt = inMirror >= 0x20 && inMirror <= 0x30 || inMirror == 0x80;
    boolean counter = inMirror >= 0x10 && inMirror <= 0x50;
    return interrupt ? 0x1500 + inMirror : counter ? 0x0F00 + inMirror : NO_REGISTER;
  }
}
