// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// State of a virtual function's queue pair; heads are descriptor indices. Tails are doorbells in
/// the function's own BAR, which the physical function does not see.
public record QueueStatus(boolean txEnabled, int txHead, boolean rxEnabled, int rxHead) {}
