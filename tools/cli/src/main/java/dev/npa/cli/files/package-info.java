// SPDX-License-Identifier: MIT

/// How npa reads and writes files.
///
/// Entry types are {@link dev.npa.cli.files.InputFile} and {@link dev.npa.cli.files.OutputFile}. A
/// file is opened once, read up to a limit, and worked on in memory, so that nobody can exchange it
/// between two looks; a file is written whole or not at all, and never over another one unless the
/// user said so.
package dev.npa.cli.files;
