// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.PfDriver;
import dev.npa.hypervisor.vswitch.VirtualSwitch;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.i82576.I82576;

/// What all virtual machines of a host share.
record HostNetwork(
    I82576 nic,
    PfDriver pf,
    VirtualSwitch vswitch,
    VlanDomain vlans,
    DeviceThread thread,
    Quarantine quarantine,
    EventLog events) {}
