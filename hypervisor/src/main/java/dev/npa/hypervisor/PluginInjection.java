// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.VfInfo;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/// The region in guest memory through which a plugin goes to the shell and the shell's opinion
/// comes back ([PluginConf]).
///
/// @param region guest memory that the guest named
record PluginInjection(MemorySegment region) {
  private static final int API_VERSION = 1;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// @return whether the region is large enough for the package
  boolean fits(byte[] pluginPackage) {
    return region.byteSize() - PluginConf.HEADER_BYTES >= pluginPackage.length;
  }

  /// @param vectors how many of the guest's vectors the function raises
  void write(VfInfo info, int vectors, byte[] pluginPackage) {
    region.asSlice(0, PluginConf.HEADER_BYTES).fill((byte) 0);
    region.set(INT, PluginConf.MAGIC, PluginConf.MAGIC_VALUE);
    region.set(INT, PluginConf.VERSION, PluginConf.VERSION_VALUE);
    region.set(INT, PluginConf.STATUS, PluginConf.STATUS_NONE);
    region.set(INT, PluginConf.PACKAGE_LENGTH, pluginPackage.length);
    region.set(SHORT, PluginConf.VENDOR_ID, (short) info.id().vendor());
    region.set(SHORT, PluginConf.DEVICE_ID, (short) info.id().device());
    region.set(INT, PluginConf.BAR_OFFSET, 0);
    region.set(INT, PluginConf.BAR_SIZE, info.barBytes());
    region.set(BYTE, PluginConf.NUM_TX_QUEUES, (byte) info.txQueues());
    region.set(BYTE, PluginConf.NUM_RX_QUEUES, (byte) info.rxQueues());
    region.set(BYTE, PluginConf.NUM_VECTORS, (byte) vectors);
    region.set(INT, PluginConf.API_VERSION, API_VERSION);
    List<Integer> words = info.pluginData().words();
    for (int i = 0; i < words.size(); i++) {
      region.set(INT, PluginConf.PLUGIN_DATA + 4L * i, words.get(i));
    }
    MemorySegment.copy(
        pluginPackage, 0, region, BYTE, PluginConf.HEADER_BYTES, pluginPackage.length);
  }

  PluginStatus status() {
    return PluginStatus.of(region.get(INT, PluginConf.STATUS));
  }
}
