// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// State of a virtual function's queue pair; heads and tails are descriptor indices.
public record QueueStatus(
    boolean txEnabled, int txHead, int txTail, boolean rxEnabled, int rxHead, int rxTail) {}
