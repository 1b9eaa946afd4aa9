// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SandboxFlagsTest {
  @Test
  void acceptsTheLaunchersFlags() throws Exception {
    ChildJvm npa = ChildJvm.onModulePath(ChildJvm.LAUNCHER_FLAGS, "sandbox");

    assertThat(npa).isEqualTo(new ChildJvm(0, "the sandbox can rely on this JVM\n"));
  }

  @Test
  void acceptsZgcInsteadOfG1() throws Exception {
    ChildJvm npa = ChildJvm.onModulePath(without("-XX:+UseG1GC", "-XX:+UseZGC"), "sandbox");

    assertThat(npa.exitCode()).isZero();
  }

  @Test
  void areSetByTheLauncher() throws Exception {
    assertThat(Files.readString(Path.of("..", "npa"))).contains(ChildJvm.LAUNCHER_FLAGS);
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseG1GC, -XX:+UseSerialGC, neither G1 nor ZGC",
    "-XX:+UseG1GC, -XX:+UseParallelGC, neither G1 nor ZGC",
    "-XX:+DisableAttachMechanism, -XX:-DisableAttachMechanism, add -XX:+DisableAttachMechanism",
    "-XX:-EnableDynamicAgentLoading, -XX:+EnableDynamicAgentLoading, agents can be loaded",
    "-XX:MaxMetaspaceSize=256m, -XX:MaxMetaspaceSize=2g, add -XX:MaxMetaspaceSize=256m",
    "--finalization=disabled, --finalization=enabled, add --finalization=disabled",
    "--illegal-native-access=deny, --illegal-native-access=warn, add --illegal-native-access=deny"
  })
  void refusesAnotherSetting(String needed, String other, String complaint) throws Exception {
    assertRefused(ChildJvm.onModulePath(without(needed, other), "sandbox"), complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+DisableAttachMechanism",
    "-XX:-EnableDynamicAgentLoading",
    "-XX:MaxMetaspaceSize=256m",
    "--finalization=disabled",
    "--illegal-native-access=deny"
  })
  void refusesTheJvmsDefault(String needed) throws Exception {
    assertRefused(ChildJvm.onModulePath(without(needed), "sandbox"), "add " + needed);
  }

  @Test
  void believesTheLastOfARepeatedOption() throws Exception {
    assertRefused(
        ChildJvm.onModulePath(with("--finalization=enabled"), "sandbox"),
        "add --finalization=disabled");
  }

  @ParameterizedTest
  @CsvSource({
    "-Xverify:none",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Xbootclasspath/a:elsewhere.jar",
    "'-agentlib:jdwp=transport=dt_socket,server=y,suspend=n'"
  })
  void refusesWhatOpensTheJvm(String option) throws Exception {
    assertRefused(ChildJvm.onModulePath(with(option), "sandbox"), "it was started with " + option);
  }

  @Test
  void knowsTheOldNameOfXverify() throws Exception {
    assertRefused(ChildJvm.onModulePath(with("-noverify"), "sandbox"), "was started with -Xverify");
  }

  @Test
  void refusesVerificationSwitchedOffInAFlagsFile(@TempDir Path dir) throws Exception {
    Path flags = dir.resolve("flags");
    Files.writeString(flags, "+UnlockDiagnosticVMOptions\n-BytecodeVerificationRemote\n");

    assertRefused(
        ChildJvm.onModulePath(with("-XX:Flags=" + flags), "sandbox"), "classes are not verified");
  }

  @Test
  void refusesTheClassPath() throws Exception {
    assertRefused(
        ChildJvm.onClassPath(ChildJvm.LAUNCHER_FLAGS, "sandbox"), "runs from the class path");
  }

  @Test
  void areNotAskedForByVerbsThatRunNoVendorCode() throws Exception {
    assertThat(ChildJvm.onModulePath(List.of(), "version").exitCode()).isZero();
  }

  private static void assertRefused(ChildJvm npa, String complaint) {
    assertThat(npa.output()).contains("npa: the sandbox cannot rely on this JVM: ");
    assertThat(npa.output()).contains(complaint);
    assertThat(npa.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.code());
  }

  private static List<String> with(String... added) {
    return without("", added);
  }

  private static List<String> without(String flag, String... added) {
    List<String> flags = new ArrayList<>(ChildJvm.LAUNCHER_FLAGS);
    flags.remove(flag);
    flags.addAll(List.of(added));
    return flags;
  }
}
