// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.SriovCapability;
import java.util.function.IntFunction;

/// The VFs that exist, by the rules of the SR-IOV capability: NumVFs can be written while VF Enable
/// is clear and is clamped to TotalVFs; setting VF Enable makes NumVFs functions, clearing it
/// removes them. Device thread only.
final class VirtualFunctions {
  private final ConfigSpace config;
  private VirtualFunction[] functions = {};
  private boolean enabled;

  VirtualFunctions(ConfigSpace config) {
    this.config = config;
  }

  boolean enabled() {
    return enabled;
  }

  int count() {
    return functions.length;
  }

  VirtualFunction get(int index) {
    if (index < 0 || index >= functions.length) {
      throw new IllegalArgumentException("VF " + index + " of " + functions.length);
    }
    return functions[index];
  }

  /// Reacts to a write to the PF's configuration space.
  ///
  /// @return pools that went back to the PF, as a count from 0
  int configWritten(IntFunction<VirtualFunction> maker) {
    int numVfs = read(SriovCapability.NUM_VFS);
    if (numVfs > FunctionConfig.TOTAL_VFS) {
      numVfs = FunctionConfig.TOTAL_VFS;
      config.set(FunctionConfig.SRIOV + SriovCapability.NUM_VFS, 2, numVfs);
    }
    int control = read(SriovCapability.CONTROL);
    boolean enable = (control & SriovCapability.CONTROL_VF_ENABLE) != 0;
    int returned = 0;
    if (enable && !enabled) {
      functions = new VirtualFunction[numVfs];
      for (int i = 0; i < numVfs; i++) {
        functions[i] = maker.apply(i);
      }
    } else if (!enable && enabled) {
      returned = functions.length;
      for (VirtualFunction function : functions) {
        function.remove();
      }
      functions = new VirtualFunction[0];
    }
    enabled = enable;
    config.setWritable(FunctionConfig.SRIOV + SriovCapability.NUM_VFS, 2, enable ? 0 : 0xFFFF);
    for (VirtualFunction function : functions) {
      function.memorySpace((control & SriovCapability.CONTROL_VF_MEMORY_SPACE) != 0);
    }
    return returned;
  }

  /// The PF was reset.
  void resetRegisters() {
    for (VirtualFunction function : functions) {
      function.registers().reset();
    }
  }

  private int read(int register) {
    return config.read(FunctionConfig.SRIOV + register, 2);
  }
}
