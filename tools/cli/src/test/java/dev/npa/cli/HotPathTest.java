// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What this project does for every frame keeps the rules that it makes for vendors.
final class HotPathTest {
  private static final String DATA_PATH = "dev/npa/shell/datapath/DataPath.";

  /// Once per call into a plugin.
  private static final Set<String> MAY_CATCH =
      Set.of(
          DATA_PATH + "reap", DATA_PATH + "receive", DATA_PATH + "refill", DATA_PATH + "transmit");

  private static final Set<String> BOUNDARY =
      Set.of(
          // Raises an interrupt: once per burst, and the guest masks it while it polls.
          "dev/npa/nic/pci/MsiX.raise",
          "dev/npa/nic/vmxnet3/InterruptState.raise",
          // Once in the life of a plugin.
          "dev/npa/shell/datapath/Fault.of",
          // The clock: for one call in thirteen.
          "java/util/function/LongSupplier.getAsLong",
          // The guest's own network stack.
          "dev/npa/shell/guest/GuestStack.receive",
          "dev/npa/shell/guest/GuestStack.receiveDone");

  private static HotPath product() throws IOException {
    List<byte[]> classes = new ArrayList<>();
    for (String module : List.of("nic-emulator", "shell", "hypervisor")) {
      try (Stream<Path> files = Files.walk(new ProductModule(module).classes())) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          if (!file.endsWith("module-info.class")) {
            classes.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return new HotPath(classes, MAY_CATCH, BOUNDARY);
  }

  private static void expectRulesKept(int least, String... entries) throws IOException {
    HotPath product = product();
    product.follow(entries);

    assertThat(product.faults()).isEmpty();
    assertThat(product.reached()).hasSizeGreaterThan(least);
  }

  @Test
  void shellCallsAPluginByTheRulesOfPlugins() throws IOException {
    expectRulesKept(
        20,
        DATA_PATH + "poll",
        DATA_PATH + "transmit",
        "dev/npa/shell/datapath/ShellCalls.allocSmallBuffer",
        "dev/npa/shell/datapath/ShellCalls.allocLargeBuffer",
        "dev/npa/shell/datapath/ShellCalls.indicateRecv",
        "dev/npa/shell/datapath/ShellCalls.completeSend",
        "dev/npa/shell/datapath/TxLedger.takeBuffer",
        "dev/npa/shell/datapath/TxLedger.enqueue");
  }

  @Test
  void networkCardMovesBurstsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(
        100,
        "dev/npa/nic/i82576/I82576.poll",
        "dev/npa/nic/i82576/I82576$FromWire.offer",
        "dev/npa/nic/i82576/I82576$FromWire.flush");
  }

  @Test
  void emulatedDeviceMovesBurstsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(
        40,
        "dev/npa/nic/vmxnet3/TxQueue.poll",
        "dev/npa/nic/vmxnet3/ReceivePath.offer",
        "dev/npa/nic/vmxnet3/ReceivePath.flush");
  }

  @Test
  void virtualSwitchMovesBurstsByTheRulesOfPlugins() throws IOException {
    expectRulesKept(
        20,
        "dev/npa/hypervisor/vswitch/VirtualSwitch.poll",
        "dev/npa/hypervisor/vswitch/SwitchPort.offer");
  }

  /// Everything that the rules forbid, one thing per method.
  @SuppressWarnings("UnusedMethod") // They are read as class file, by name.
  private static final class Sinner {
    private Object kept = "";

    int locks() {
      synchronized (this) {
        return 1;
      }
    }

    Object allocates() {
      return new int[4];
    }

    Object boxes(int number) {
      return number;
    }

    IntUnaryOperator links(int number) {
      return other -> other + number;
    }

    int catches() {
      try {
        return kept.hashCode();
      } catch (IllegalStateException e) {
        return 0;
      }
    }

    synchronized int isSynchronized() {
      return callsOthers();
    }

    int callsOthers() {
      return kept.toString().length();
    }

    int throwsOnly(int number) {
      if (number < 0) {
        throw new IllegalArgumentException("number " + number);
      }
      return number;
    }
  }

  private static HotPath sinner(String method) throws IOException {
    try (var file = HotPathTest.class.getResourceAsStream("HotPathTest$Sinner.class")) {
      HotPath path = new HotPath(List.of(file.readAllBytes()), Set.of(), Set.of());
      path.follow(Sinner.class.getName().replace('.', '/') + "." + method);
      return path;
    }
  }

  @Test
  void findsWhatTheRulesForbid() throws IOException {
    assertThat(sinner("locks").faults()).anyMatch(fault -> fault.endsWith("locks"));
    assertThat(sinner("allocates").faults()).anyMatch(fault -> fault.endsWith("allocates"));
    assertThat(sinner("boxes").faults()).anyMatch(fault -> fault.endsWith("Integer.valueOf"));
    assertThat(sinner("links").faults()).anyMatch(fault -> fault.endsWith("links at run time"));
    assertThat(sinner("catches").faults()).anyMatch(fault -> fault.endsWith("catches"));
    assertThat(sinner("isSynchronized").faults())
        .anyMatch(fault -> fault.endsWith("is synchronized or native"))
        .anyMatch(fault -> fault.endsWith("calls java/lang/String.length"));
  }

  @Test
  void allowsAThrowAndWhatItNeeds() throws IOException {
    assertThat(sinner("throwsOnly").faults()).isEmpty();
  }

  @Test
  void refusesAnEntryThatIsNotThere() {
    assertThatIllegalArgumentException().isThrownBy(() -> sinner("nothing"));
  }
}
