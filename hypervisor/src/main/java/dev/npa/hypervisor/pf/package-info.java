// SPDX-License-Identifier: MIT

/// NPA's physical-function drivers.
///
/// Entry type [dev.npa.hypervisor.pf.PfDriver]: the operations of NPA's "PF control", one method
/// each. A driver knows its device by registers, configuration space and rings only, and runs on
/// the device thread.
package dev.npa.hypervisor.pf;
