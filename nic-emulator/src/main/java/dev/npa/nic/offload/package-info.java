// SPDX-License-Identifier: MIT

/// What a network controller does to a frame besides moving it: checksums, TCP segmentation, VLAN
/// tags, receive-side scaling.
///
/// Independent of any device: offsets and lengths in, bytes out. Device families translate their
/// descriptors into these calls. Reading order: [dev.npa.nic.offload.InternetChecksum],
/// [dev.npa.nic.offload.FrameHeaders], [dev.npa.nic.offload.TcpSegmentation],
/// [dev.npa.nic.offload.Toeplitz].
package dev.npa.nic.offload;
