// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where this project's own data path begins and ends, and what it may use that a plugin may not.
final class OwnHotPaths {
  private static final String DATA_PATH = "dev/npa/shell/datapath/DataPath.";

  static final List<String> SHELL =
      List.of(
          DATA_PATH + "poll",
          DATA_PATH + "transmit",
          "dev/npa/shell/datapath/ShellCalls.allocSmallBuffer",
          "dev/npa/shell/datapath/ShellCalls.allocLargeBuffer",
          "dev/npa/shell/datapath/ShellCalls.indicateRecv",
          "dev/npa/shell/datapath/ShellCalls.completeSend",
          "dev/npa/shell/datapath/TxLedger.takeBuffer",
          "dev/npa/shell/datapath/TxLedger.enqueue");

  static final List<String> CARD =
      List.of(
          "dev/npa/nic/i82576/I82576.poll",
          "dev/npa/nic/i82576/I82576$FromWire.offer",
          "dev/npa/nic/i82576/I82576$FromWire.flush",
          "dev/npa/nic/i82576/TxRing$GatheredFrames.offer",
          "dev/npa/nic/i82576/TxRing$GatheredFrames.flush",
          "dev/npa/nic/i82576/EmbeddedSwitch$UnpluggedWire.offer",
          "dev/npa/nic/i82576/PfInterrupts.queueCause",
          "dev/npa/nic/i82576/VfInterrupts.queueCause",
          "dev/npa/nic/wire/PeerWire$End.offer",
          "dev/npa/nic/wire/PeerWire$End.flush");

  static final List<String> EMULATED =
      List.of(
          "dev/npa/nic/vmxnet3/TxQueue.poll",
          "dev/npa/nic/vmxnet3/ReceivePath.offer",
          "dev/npa/nic/vmxnet3/ReceivePath.flush");

  static final List<String> SWITCH =
      List.of(
          "dev/npa/hypervisor/vswitch/VirtualSwitch.poll",
          "dev/npa/hypervisor/vswitch/SwitchPort.offer",
          "dev/npa/hypervisor/vswitch/SwitchPort.flush");

  static final List<String> BUILT_IN =
      Stream.of("addFrameToTxRing", "checkTxRing", "checkRxRing", "addBuffersToRxRing")
          .map("dev/npa/shell/vmxnet3/Vmxnet3Plugin."::concat)
          .toList();

  /// Once per call into a plugin.
  static final Set<String> MAY_CATCH =
      Set.of(
          DATA_PATH + "reap", DATA_PATH + "receive", DATA_PATH + "refill", DATA_PATH + "transmit");

  static final Set<String> BOUNDARY =
      Set.of(
          // Raises an interrupt: once per burst, and the guest masks it while it polls.
          "dev/npa/nic/pci/MsiX.raise",
          "dev/npa/nic/vmxnet3/InterruptState.raise",
          // Once in the life of a plugin.
          "dev/npa/shell/datapath/Fault.of");

  /// Abstract methods at which looking stops. What implements them in the product is an entry
  /// below, but for the guest's own network stack, plugins, which the gate has verified, and
  /// registers that trap, where a burst leaves the guest.
  static final Set<String> SEAMS =
      Set.of(
          "dev/npa/nic/FramePort.flush",
          "dev/npa/nic/FramePort.offer",
          "dev/npa/nic/i82576/QueueInterrupts.queueCause",
          "dev/npa/plugin/NpaPlugin.addBuffersToRxRing",
          "dev/npa/plugin/NpaPlugin.addFrameToTxRing",
          "dev/npa/plugin/NpaPlugin.checkRxRing",
          "dev/npa/plugin/NpaPlugin.checkTxRing",
          "dev/npa/plugin/host/RegisterTrap.doorbellRung",
          "dev/npa/plugin/host/RegisterTrap.write32",
          "dev/npa/plugin/host/ShellServices.allocLargeBuffer",
          "dev/npa/plugin/host/ShellServices.allocSmallBuffer",
          "dev/npa/plugin/host/ShellServices.completeSend",
          "dev/npa/plugin/host/ShellServices.indicateRecv",
          "dev/npa/plugin/host/ShellServices.log",
          "dev/npa/shell/guest/GuestStack.receive",
          "dev/npa/shell/guest/GuestStack.receiveDone");

  /// What the platform does for a constant cost, or one in proportion to the bytes asked for, and
  /// without allocating. A plugin may not name these: memory reaches it as `DmaRegion`.
  static final Set<String> PLATFORM =
      Set.of(
          "java/lang/Enum.ordinal",
          "java/lang/foreign/MemorySegment.byteSize",
          "java/lang/foreign/MemorySegment.copy",
          "java/lang/foreign/MemorySegment.get",
          "java/lang/foreign/MemorySegment.set",
          "java/lang/foreign/ValueLayout$OfInt.byteSize",
          "java/lang/foreign/ValueLayout.JAVA_BYTE",
          "java/lang/foreign/ValueLayout.JAVA_SHORT_UNALIGNED",
          "java/lang/invoke/VarHandle.acquireFence",
          "java/lang/invoke/VarHandle.fullFence",
          "java/lang/invoke/VarHandle.getAcquire",
          "java/lang/invoke/VarHandle.setRelease",
          "java/util/Arrays.binarySearch",
          "java/util/Optional.get",
          "java/util/Optional.isEmpty",
          "java/util/Optional.isPresent",
          // The state of a VF's interrupts, which guest and device change at the same time.
          "java/util/concurrent/atomic/AtomicInteger.compareAndSet",
          "java/util/concurrent/atomic/AtomicInteger.get",
          // The clock: for one call in thirteen.
          "java/util/function/LongSupplier.getAsLong");

  static Map<String, ClassModel> product() throws IOException {
    Map<String, ClassModel> classes = new HashMap<>();
    for (String module : List.of("plugin-sdk/api", "nic-emulator", "shell", "hypervisor")) {
      try (Stream<Path> files = Files.walk(new ProductModule(module).classes())) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          if (!file.endsWith("module-info.class")) {
            ClassModel model = ClassFile.of().parse(file);
            classes.put(model.thisClass().asInternalName(), model);
          }
        }
      }
    }
    return classes;
  }

  /// What of the SDK has a declared cost, whoever may call it.
  static List<String> priced() throws IOException {
    return product().values().stream()
        .filter(type -> type.thisClass().asInternalName().startsWith("dev/npa/plugin/"))
        .flatMap(type -> type.methods().stream())
        .filter(OwnHotPaths::hasCost)
        .map(OwnHotPaths::name)
        .distinct()
        .toList();
  }

  private static boolean hasCost(MethodModel method) {
    return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(all -> all.annotations().stream())
        .anyMatch(one -> one.className().equalsString("Ldev/npa/plugin/Cost;"));
  }

  private static String name(MethodModel method) {
    return method.parent().orElseThrow().thisClass().asInternalName()
        + "."
        + method.methodName().stringValue();
  }

  static HotSlice.Limits limits() {
    return new HotSlice.Limits(PLATFORM, BOUNDARY, MAY_CATCH);
  }

  private OwnHotPaths() {}
}
