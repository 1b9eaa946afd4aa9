// SPDX-License-Identifier: MIT

/// `npa bench`: the command before `dev.npa.bench`. Entry: [dev.npa.cli.bench.BenchVerb].
package dev.npa.cli.bench;
