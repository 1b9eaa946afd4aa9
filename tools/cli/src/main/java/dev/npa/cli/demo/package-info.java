// SPDX-License-Identifier: MIT

/// `npa demo`: the main job, end to end, on real traffic. Entry: [dev.npa.cli.demo.DemoVerb].
///
/// Reading order: [dev.npa.cli.demo.Demo] (the story), [dev.npa.cli.demo.DemoTraffic] (two flows
/// made of a capture by [dev.npa.cli.demo.CaptureSelection]), [dev.npa.cli.demo.DemoReport] (what
/// came out) with its two printers.
package dev.npa.cli.demo;
