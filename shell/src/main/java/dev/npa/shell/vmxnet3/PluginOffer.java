// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.nic.pci.Bar;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import dev.npa.shell.datapath.RegisterWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// What the hypervisor put into the region that LOAD_PLUGIN names, read once and checked.
///
/// The region is in guest memory: its content may change at any time, so nothing is read twice and
/// the package is worked on as a copy.
public final class PluginOffer {
  private static final int MIN_BAR_BYTES = 256;

  private final byte[] packageBytes;
  private final int[] pluginData;
  private final Bar window;
  private final int barOffset;
  private final int barSize;

  private PluginOffer(
      byte[] packageBytes, int[] pluginData, Bar window, int barOffset, int barSize) {
    this.packageBytes = packageBytes;
    this.pluginData = pluginData;
    this.window = window;
    this.barOffset = barOffset;
    this.barSize = barSize;
  }

  static Optional<PluginOffer> read(MemorySegment memory, long address, int roomBytes, Bar window) {
    SharedMemory conf = new SharedMemory(memory, address);
    int length = conf.read32(PluginConf.PACKAGE_LENGTH);
    int barOffset = conf.read32(PluginConf.BAR_OFFSET);
    int barSize = conf.read32(PluginConf.BAR_SIZE);
    boolean good =
        conf.read32(PluginConf.MAGIC) == PluginConf.MAGIC_VALUE
            && conf.read32(PluginConf.VERSION) == PluginConf.VERSION_VALUE
            && length >= 1
            && length <= roomBytes - PluginConf.HEADER_BYTES
            && barOffset >= 0
            && barOffset % MIN_BAR_BYTES == 0
            && barSize >= MIN_BAR_BYTES
            && barSize % MIN_BAR_BYTES == 0
            && barSize <= Vmxnet3Registers.VF_WINDOW_BYTES
            && barOffset <= window.sizeBytes() - barSize
            && conf.read8(PluginConf.NUM_TX_QUEUES) >= 1
            && conf.read8(PluginConf.NUM_RX_QUEUES) >= 1
            && conf.read8(PluginConf.NUM_VECTORS) >= 1;
    if (!good) {
      return Optional.empty();
    }
    int[] data = new int[PluginConf.PLUGIN_DATA_WORDS];
    for (int i = 0; i < data.length; i++) {
      data[i] = conf.read32(PluginConf.PLUGIN_DATA + 4 * i);
    }
    byte[] bytes =
        memory.asSlice(address + PluginConf.HEADER_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    return Optional.of(new PluginOffer(bytes, data, window, barOffset, barSize));
  }

  /// The copy.
  public byte[] packageBytes() {
    return packageBytes.clone();
  }

  /// The PF driver's words for the plugin.
  public int[] pluginData() {
    return pluginData.clone();
  }

  /// Whether the function can still be reached through the window that the offer came with.
  public boolean isPresent() {
    return window.isConnected();
  }

  /// The function's registers.
  public RegisterWindow registers() {
    return Vmxnet3Control.registers(window, barOffset, barSize);
  }
}
