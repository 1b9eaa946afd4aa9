// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/// A vendor's sources and the classes that javac makes of them.
public record VendorProject(Path sources, Path classes) {
  @SuppressWarnings("InlineFormatString") // A whole class is read better apart.
  private static final String SOURCE =
      """
      package com.acme;

      import dev.npa.plugin.*;

      public final class XgPlugin implements NpaPlugin {
        private final Ring ring = new Ring();
        public int swInit(PluginState ps) { return 0; }
        public int reinitRxRing(PluginState ps, int q) { return 0; }
        public int reinitTxRing(PluginState ps, int q) { return 0; }
        public int enableInterrupt(PluginState ps, int i) { return 0; }
        public int disableInterrupt(PluginState ps, int i) { return 0; }
        public int checkTxRing(PluginState ps, int q) { return 0; }
        public int checkRxRing(PluginState ps, int q, int max) { return tune(q); }
        public int addBuffersToRxRing(PluginState ps, int q) { return 0; }
        public int addFrameToTxRing(PluginState ps, int q, SendInfo i, SgList s, boolean last) {
          return 0;
        }
        int tune(int depth) {
            return %s;
        }
      }

      final class Ring {
        int tail;
      }
      """;

  public static VendorProject honest(Path dir) throws IOException {
    return compile(dir, "depth + 1");
  }

  public static VendorProject hostile(Path dir) throws IOException {
    return compile(dir, "depth + Runtime.getRuntime().availableProcessors()");
  }

  /// One line that names two classes of the platform and calls a method of a third.
  static VendorProject hostileThrice(Path dir) throws IOException {
    return compile(
        dir, "Integer.valueOf(depth).hashCode() + Thread.activeCount() + (int) System.nanoTime()");
  }

  /// Allocates where no plugin may.
  static VendorProject allocating(Path dir) throws IOException {
    return compile(dir, "new byte[depth].length");
  }

  /// The same with the offending line further down.
  public static VendorProject hostileFurtherDown(Path dir) throws IOException {
    return compile(dir, "depth +\n\n\n Runtime.getRuntime().availableProcessors()");
  }

  private static VendorProject compile(Path dir, String result) throws IOException {
    Path sources = Files.createDirectories(dir.resolve("src"));
    Path classes = dir.resolve("classes");
    Path file = Files.createDirectories(sources.resolve("com/acme")).resolve("XgPlugin.java");
    Files.writeString(file, SOURCE.formatted(result));
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(writer, writer, "-g", "-d", classes.toString(), "-cp", sdk(), file.toString());
    if (exit != 0) {
      throw new IllegalArgumentException("the fixture does not compile: " + messages);
    }
    return new VendorProject(sources, classes);
  }

  /// This module reads the verifier, not the contract; javac needs only to find it.
  private static String sdk() {
    return Path.of(
            ModuleLayer.boot()
                .configuration()
                .findModule("dev.npa.plugin")
                .flatMap(module -> module.reference().location())
                .orElseThrow())
        .toString();
  }
}
