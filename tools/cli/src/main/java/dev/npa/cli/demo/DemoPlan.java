// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import java.nio.file.Path;
import java.util.Optional;

/// What the demo shall do.
///
/// @param capture the capture to replay; the built-in one if empty
/// @param frames frames to send in each direction, at least; traffic goes on until the last switch
/// @param switches times a guest changes between emulated mode and passthrough
/// @param image the product's image, which holds the sample plugin
record DemoPlan(Optional<Path> capture, long frames, int switches, Path image) {}
