// SPDX-License-Identifier: MIT

/// The vmxnet3 device, version 1, as a hypervisor emulates it.
///
/// The device moves frames between the guest's rings and the virtual switch and traps control; what
/// control means is decided behind [dev.npa.nic.vmxnet3.Vmxnet3Host].
///
/// Entry type [dev.npa.nic.vmxnet3.Vmxnet3Device]. Reading order: the `abi` package; `PciIdentity`,
/// `PassthroughRegisters` and `VirtualDeviceRegisters`, `Commands`, `Lifecycle` for control;
/// `DriverSharedReader` for what a driver asks for; `TxDescriptor`, `TxQueue`, `TxFrame` and
/// `ReceivePath`, `RxFilter`, `RxQueue`, `RxRing` for the data path; `CompletionRing` and
/// `InterruptState` for the way back.
///
/// Invariants: a driver can stop its own queues and spoil its own frames, nothing else; every
/// address it names is translated before use; every field in shared memory is read once per use;
/// nothing on the data path allocates.
package dev.npa.nic.vmxnet3;
