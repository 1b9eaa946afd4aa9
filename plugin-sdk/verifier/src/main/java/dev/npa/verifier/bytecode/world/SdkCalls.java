// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What calls out of the plugin cost and return: the verifier's own copy of the SDK's `@Cost` and
/// `@Range`, so that a changed SDK changes no proof. `SdkCallsTest` compares the two, and runs the
/// SDK against them.
public final class SdkCalls {

  /// One call.
  ///
  /// @param cost in bytecodes that take about as long
  /// @param min smallest result, if it is a number
  /// @param max largest result
  /// @param stable whether one object always gives the same result
  /// @param total whether it never throws
  public record Call(int cost, long min, long max, boolean stable, boolean total) {}

  /// Class, then its members with cost, range (`min..max`), `stable` and `total`.
  private static final String SDK =
      """
      DmaRegion
        acquireFence()V 20 total
        iova()J 5 stable total
        read32(I)I 15
        read64(I)J 15
        readAcquire32(I)I 20
        readAcquire64(I)J 20
        sizeBytes()I 5 0..1048576 stable total
        write32(II)V 15
        write64(IJ)V 15
        writeRelease32(II)V 20
        writeRelease64(IJ)V 20
      MmioRegion
        sizeBytes()I 5 0..16777216 stable total
        write32(II)V 2000
      PluginState
        deviceInfo(I)I 5
        mmio()Ldev/npa/plugin/MmioRegion; 5 stable total
        numRxQueues()I 5 1..16 stable total
        numTxQueues()I 5 1..16 stable total
        rxQueue(I)Ldev/npa/plugin/RxQueue; 5
        shared()Ldev/npa/plugin/DmaRegion; 5 stable total
        shellApi()Ldev/npa/plugin/ShellApi; 5 stable total
        txQueue(I)Ldev/npa/plugin/TxQueue; 5
      RecvFrame
        addSg(II)V 40
        begin()V 30
        firstSgOffset(I)V 5 total
        ipv4(I)V 10 total
        ipv6()V 10 total
        perfectFiltered()V 10 total
        rssHash(II)V 15 total
        tcp(I)V 10 total
        udp(I)V 10 total
        vlanTag(I)V 10 total
      RxQueue
        handle()Ldev/npa/plugin/RxQueueHandle; 5 stable total
        recvFrame()Ldev/npa/plugin/RecvFrame; 5 stable total
        ring()Ldev/npa/plugin/DmaRegion; 5 stable total
        ringSize()I 5 64..4096 stable total
      SendInfo
        ipHeaderOffset()I 5 0..65535 total
        ipv4()Z 10 0..1 total
        ipv6()Z 10 0..1 total
        l4DataOffset()I 5 0..65535 total
        l4HeaderOffset()I 5 0..65535 total
        plain()Z 10 0..1 total
        tcp()Z 10 0..1 total
        tso()Z 10 0..1 total
        tsoMss()I 5 0..16383 total
        udp()Z 10 0..1 total
        vlan()Z 10 0..1 total
        vlanTag()I 5 0..65535 total
        xsumTcpOrUdp()Z 10 0..1 total
      SgList
        header16(I)I 40 0..65535
        header8(I)I 40 0..255
        headerBytes()I 5 total
        iova(I)J 5
        length(I)I 5
        numElements()I 5 0..16 total
        totalLength()I 5 total
      ShellApi
        allocLargeBuffer(Ldev/npa/plugin/RxQueueHandle;I)J 150
        allocSmallBuffer(Ldev/npa/plugin/RxQueueHandle;I)J 150
        completeSend(Ldev/npa/plugin/TxQueueHandle;I)V 500
        indicateRecv(Ldev/npa/plugin/RxQueueHandle;Ldev/npa/plugin/RecvFrame;)V 500
        log(ILjava/lang/String;J)V 5000
      TxQueue
        handle()Ldev/npa/plugin/TxQueueHandle; 5 stable total
        ring()Ldev/npa/plugin/DmaRegion; 5 stable total
        ringSize()I 5 64..4096 stable total
      """;

  /// Number methods are intrinsics or a few instructions; these are the ones that may throw.
  private static final Set<String> DIVISIONS = Set.of("divideUnsigned", "remainderUnsigned");

  private static final int NUMBER_COST = 30;

  private static final Map<String, Call> CALLS = parse();

  private SdkCalls() {}

  /// What is declared of a call; empty if it is not one of the SDK's.
  public static Optional<Call> of(String owner, String name, String descriptor) {
    return Optional.ofNullable(CALLS.get(owner + '.' + name + descriptor));
  }

  /// The declaration of a number method, whose result the analysis works out itself.
  public static Call number(String name) {
    boolean total = !DIVISIONS.contains(name);
    return new Call(NUMBER_COST, Long.MIN_VALUE, Long.MAX_VALUE, false, total);
  }

  /// All of the SDK's, by `owner.name(descriptor)`.
  static Map<String, Call> all() {
    return CALLS;
  }

  private static Map<String, Call> parse() {
    Map<String, Call> calls = new HashMap<>();
    String owner = "";
    for (String line : SDK.lines().toList()) {
      String[] words = line.strip().split(" ", -1);
      if (line.startsWith(" ")) {
        calls.put(owner + '.' + words[0], call(words));
      } else {
        owner = "dev/npa/plugin/" + words[0];
      }
    }
    return Map.copyOf(calls);
  }

  private static Call call(String[] words) {
    long min = Long.MIN_VALUE;
    long max = Long.MAX_VALUE;
    boolean stable = false;
    boolean total = false;
    for (int i = 2; i < words.length; i++) {
      switch (words[i]) {
        case "stable" -> stable = true;
        case "total" -> total = true;
        default -> {
          String[] ends = words[i].split("\\.\\.", -1);
          min = Long.parseLong(ends[0]);
          max = Long.parseLong(ends[1]);
        }
      }
    }
    return new Call(Integer.parseInt(words[1]), min, max, stable, total);
  }
}
