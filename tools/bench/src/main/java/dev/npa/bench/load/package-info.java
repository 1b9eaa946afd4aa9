// SPDX-License-Identifier: MIT

/// Traffic between guests, and what is measured of it. Entry: [dev.npa.bench.load.Rig].
///
/// Two kinds of load: [dev.npa.bench.load.ClosedLoop] sends as fast as frames arrive and tells what
/// the path can do; [dev.npa.bench.load.OpenLoop] sends at a rate and tells how long a frame takes.
package dev.npa.bench.load;
