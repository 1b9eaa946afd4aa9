// SPDX-License-Identifier: GPL-2.0-or-later

/// A plugin for the virtual functions of the Intel 82576 that passes every gate and then
/// misbehaves: what the shell has to contain. For tests and `npa contain`; never for use.
///
/// It sends and receives as an honest driver does, until it has moved
/// [org.hostile.vf.Misdeed#AFTER] frames. Then it commits the one misdeed that
/// [org.hostile.vf.Choice] names; whoever packages it replaces the number there. Reading order:
/// [org.hostile.vf.Misdeed], then [org.hostile.vf.HostilePlugin], which commits those that concern
/// a call, then the rings.
package org.hostile.vf;
