// SPDX-License-Identifier: MIT

/// The wire: where frames leave the emulated host and enter it.
///
/// [dev.npa.nic.wire.PcapIn] plays a capture into a [dev.npa.nic.FramePort],
/// [dev.npa.nic.wire.PcapOut] records what is sent to it, [dev.npa.nic.wire.PeerWire] joins two
/// ports. Below them are [dev.npa.nic.wire.PcapReader] and [dev.npa.nic.wire.PcapWriter].
///
/// A capture comes from a stranger: whatever its bytes, reading it gives frames or an
/// [java.io.IOException] that names offset and value, in bounded memory.
///
/// Formats: draft-ietf-opsawg-pcap (classic), draft-ietf-opsawg-pcapng.
package dev.npa.nic.wire;
