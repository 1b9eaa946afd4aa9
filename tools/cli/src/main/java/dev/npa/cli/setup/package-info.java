// SPDX-License-Identifier: MIT

/// `npa doctor`, `npa completion` and `npa new`: what one needs before the first plugin.
package dev.npa.cli.setup;
