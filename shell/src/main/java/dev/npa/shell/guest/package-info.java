// SPDX-License-Identifier: MIT

/// What the shell needs of its guest operating system, and what it offers to it: an interrupt
/// controller, a CPU to run on, memory, and the network stack above
/// ([dev.npa.shell.guest.GuestStack]).
package dev.npa.shell.guest;
