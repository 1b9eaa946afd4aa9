// SPDX-License-Identifier: MIT

/// What the shell implements so that the final classes of [dev.npa.plugin] have something behind
/// them. Exported to the shell only; no plugin can name it.
package dev.npa.plugin.host;
