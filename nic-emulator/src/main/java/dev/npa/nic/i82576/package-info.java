// SPDX-License-Identifier: MIT

/// Intel 82576 "Kawela": a gigabit Ethernet controller with SR-IOV.
///
/// Entry type [dev.npa.nic.i82576.I82576]. Reading order: [dev.npa.nic.i82576.I82576Registers],
/// then the descriptors (`RxDescriptor`, `TxDescriptor`), the ring engines (`RxRing`, `TxRing`,
/// `FrameGather`, `TxOffloads`), what binds a queue pair to its owner (`Pool`), the switch
/// (`EmbeddedSwitch`, `PoolFilters`, `MacTable`), interrupts (`VfInterrupts`, `PfInterrupts`),
/// `Mailboxes`, registers (`VfRegisters`, `PfRegisters`), and how functions come and go
/// (`FunctionConfig`, `VirtualFunctions`, `VirtualFunction`).
///
/// All state belongs to the device thread, except VF interrupt causes and MSI-X, which guests reach
/// directly.
///
/// Not modelled, and so absent from the register map: a second queue pair per pool, RSS, header
/// split, checksum verdicts on receive, SCTP, interrupt moderation, mirroring, storm control, rate
/// limits, LinkSec, IPsec, time stamps, PHY and EEPROM.
package dev.npa.nic.i82576;
