// SPDX-License-Identifier: MIT
package dev.npa.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Checks that the JVM was started as the sandbox relies on.
///
/// The verifier proves what a plugin's bytecode can do on a JVM that verifies classes, that nobody
/// can attach to, and that can stop a thread at any loop. Each of these can be switched off from
/// outside, by a flag or by an environment variable such as `JDK_JAVA_OPTIONS`.
final class SandboxFlags {
  private static final long METASPACE_LIMIT_BYTES = 1L << 30;

  /// Options that add code to the JVM, open what modules close, or skip verification.
  private static final List<String> FORBIDDEN =
      List.of(
          "-javaagent:",
          "-agentlib:",
          "-agentpath:",
          "-Xbootclasspath/a:",
          "-Xrun",
          "-Xverify",
          "-noverify",
          "--add-opens",
          "--add-exports",
          "--patch-module",
          "--upgrade-module-path",
          "-Dcom.sun.management.jmxremote");

  private final HotSpotDiagnosticMXBean hotSpot;
  private final List<String> arguments;
  private final boolean namedModule;

  private SandboxFlags(
      HotSpotDiagnosticMXBean hotSpot, List<String> arguments, boolean namedModule) {
    this.hotSpot = hotSpot;
    this.arguments = arguments;
    this.namedModule = namedModule;
  }

  static SandboxFlags ofThisJvm() {
    return new SandboxFlags(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        SandboxFlags.class.getModule().isNamed());
  }

  /// What is wrong, one sentence each; empty if the sandbox can rely on this JVM.
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!isOn("UseG1GC") && !isOn("UseZGC")) {
      faults.add(
          "the collector is neither G1 nor ZGC, so one counted loop can stop every thread;"
              + " add -XX:+UseG1GC");
    }
    // Hidden, and not to be set by its name, unless diagnostic options are unlocked.
    if (isOn("UnlockDiagnosticVMOptions")) {
      require("BytecodeVerificationRemote", true, "classes are not verified", faults);
    }
    require("DisableAttachMechanism", true, "another process can attach to it", faults);
    require("EnableDynamicAgentLoading", false, "agents can be loaded into it", faults);
    long metaspaceBytes = Long.parseLong(value("MaxMetaspaceSize")); // without a limit: -1
    if (metaspaceBytes < 0 || metaspaceBytes > METASPACE_LIMIT_BYTES) {
      faults.add("class metadata has no limit of at most 1 GiB; add -XX:MaxMetaspaceSize=256m");
    }
    requireLast("--finalization=", "disabled", "finalizers run", faults);
    requireLast("--illegal-native-access=", "deny", "native access is not denied", faults);
    for (String argument : arguments) {
      if (FORBIDDEN.stream().anyMatch(argument::startsWith)) {
        faults.add("it was started with " + argument + "; remove that option");
      }
    }
    if (!namedModule) {
      faults.add("npa runs from the class path, where packages are open to reflection");
    }
    return List.copyOf(faults);
  }

  private void require(String flag, boolean wanted, String otherwise, List<String> faults) {
    if (isOn(flag) != wanted) {
      faults.add(otherwise + "; add -XX:" + (wanted ? "+" : "-") + flag);
    }
  }

  /// Of a repeated option the JVM takes the last.
  private void requireLast(String option, String wanted, String otherwise, List<String> faults) {
    String last =
        arguments.stream().filter(a -> a.startsWith(option)).reduce((a, b) -> b).orElse("");
    if (!last.equals(option + wanted)) {
      faults.add(otherwise + "; add " + option + wanted);
    }
  }

  private boolean isOn(String flag) {
    return Boolean.parseBoolean(value(flag));
  }

  private String value(String flag) {
    return hotSpot.getVMOption(flag).getValue();
  }
}
