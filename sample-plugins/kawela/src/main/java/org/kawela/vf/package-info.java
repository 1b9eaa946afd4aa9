// SPDX-License-Identifier: GPL-2.0-or-later

/// A plugin for the virtual functions of the Intel 82576 ("Kawela"), and a tutorial: how a vendor
/// writes the data path of a NIC against `dev.npa.plugin`.
///
/// Reading order:
/// 1. [org.kawela.vf.KawelaRegisters]: the registers of the function, by data-sheet name.
/// 2. [org.kawela.vf.KawelaTxRing]: sending.
/// 3. [org.kawela.vf.KawelaRxRing]: receiving.
/// 4. [org.kawela.vf.KawelaPlugin]: the nine entry points, which only call the others.
///
/// Section numbers are those of the "Intel 82576 Gigabit Ethernet Controller Datasheet".
///
/// What is missing compared with an ordinary driver, and why: MAC and VLAN filters, receive mode,
/// frame size and the mailbox belong to the PF driver; interrupts handlers, polling, buffers and
/// locks to the shell. The plugin never reads a register.
package org.kawela.vf;
