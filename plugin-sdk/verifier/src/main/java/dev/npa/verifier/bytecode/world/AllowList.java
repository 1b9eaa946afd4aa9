// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Everything outside itself that a plugin may name, member by member. Nothing is derived from the
/// SDK at run time: adding a method there opens nothing here. `AllowListTest` compares the two.
public final class AllowList {
  /// The interface of the entry class. It may be implemented and not called: a call through it
  /// would be an edge that the call graph does not have.
  public static final String PLUGIN = "dev/npa/plugin/NpaPlugin";

  public static final String OBJECT = "java/lang/Object";
  public static final String STRING = "java/lang/String";

  /// Class, then its members, in package `dev.npa.plugin`.
  private static final String SDK =
      """
      DmaRegion acquireFence()V iova()J read32(I)I read64(I)J readAcquire32(I)I readAcquire64(I)J \
      sizeBytes()I write32(II)V write64(IJ)V writeRelease32(II)V writeRelease64(IJ)V
      MmioRegion sizeBytes()I write32(II)V
      PluginState deviceInfo(I)I mmio()Ldev/npa/plugin/MmioRegion; numRxQueues()I numTxQueues()I \
      rxQueue(I)Ldev/npa/plugin/RxQueue; shared()Ldev/npa/plugin/DmaRegion; \
      shellApi()Ldev/npa/plugin/ShellApi; txQueue(I)Ldev/npa/plugin/TxQueue;
      RecvFrame addSg(II)V begin()V firstSgOffset(I)V ipv4(I)V ipv6()V perfectFiltered()V \
      rssHash(II)V tcp(I)V udp(I)V vlanTag(I)V
      RxQueue handle()Ldev/npa/plugin/RxQueueHandle; recvFrame()Ldev/npa/plugin/RecvFrame; \
      ring()Ldev/npa/plugin/DmaRegion; ringSize()I
      RxQueueHandle
      SendInfo ipHeaderOffset()I ipv4()Z ipv6()Z l4DataOffset()I l4HeaderOffset()I plain()Z tcp()Z \
      tso()Z tsoMss()I udp()Z vlan()Z vlanTag()I xsumTcpOrUdp()Z
      SgList header16(I)I header8(I)I headerBytes()I iova(I)J length(I)I numElements()I \
      totalLength()I
      ShellApi allocLargeBuffer(Ldev/npa/plugin/RxQueueHandle;I)J \
      allocSmallBuffer(Ldev/npa/plugin/RxQueueHandle;I)J \
      completeSend(Ldev/npa/plugin/TxQueueHandle;I)V \
      indicateRecv(Ldev/npa/plugin/RxQueueHandle;Ldev/npa/plugin/RecvFrame;)V \
      log(ILjava/lang/String;J)V
      TxQueue handle()Ldev/npa/plugin/TxQueueHandle; ring()Ldev/npa/plugin/DmaRegion; ringSize()I
      TxQueueHandle
      """;

  /// Static methods of constant cost on numbers; all of them are intrinsics or a few instructions.
  private static final String NUMBERS =
      """
      Math abs(I)I abs(J)J max(II)I max(JJ)J min(II)I min(JJ)J
      Byte toUnsignedInt(B)I toUnsignedLong(B)J
      Short reverseBytes(S)S toUnsignedInt(S)I toUnsignedLong(S)J
      Integer bitCount(I)I compareUnsigned(II)I divideUnsigned(II)I highestOneBit(I)I \
      lowestOneBit(I)I max(II)I min(II)I numberOfLeadingZeros(I)I numberOfTrailingZeros(I)I \
      remainderUnsigned(II)I reverse(I)I reverseBytes(I)I rotateLeft(II)I rotateRight(II)I \
      toUnsignedLong(I)J
      Long bitCount(J)I compareUnsigned(JJ)I divideUnsigned(JJ)J highestOneBit(J)J \
      lowestOneBit(J)J max(JJ)J min(JJ)J numberOfLeadingZeros(J)I numberOfTrailingZeros(J)I \
      remainderUnsigned(JJ)J reverse(J)J reverseBytes(J)J rotateLeft(JI)J rotateRight(JI)J
      """;

  private static final Map<String, Set<String>> SDK_MEMBERS = table("dev/npa/plugin/", SDK);
  private static final Map<String, Set<String>> NUMBER_MEMBERS = table("java/lang/", NUMBERS);

  private AllowList() {}

  private static Map<String, Set<String>> table(String prefix, String text) {
    return text.lines()
        .map(line -> line.split(" ", -1))
        .collect(
            Collectors.toUnmodifiableMap(
                words -> prefix + words[0],
                words ->
                    Arrays.stream(words)
                        .filter(word -> word.contains("("))
                        .collect(Collectors.toUnmodifiableSet())));
  }

  /// SDK classes with their callable members, `name(descriptor)`.
  public static Map<String, Set<String>> sdk() {
    return SDK_MEMBERS;
  }

  /// Classes of java.lang with their callable members, `name(descriptor)`.
  static Map<String, Set<String>> numbers() {
    return NUMBER_MEMBERS;
  }

  /// A class of java.lang of which a plugin may call some static methods, and make no object.
  public static boolean isNumbers(String name) {
    return NUMBER_MEMBERS.containsKey(name);
  }

  /// Names of the methods that a class outside the plugin has for it, sorted; empty if none.
  public static SortedSet<String> methodNames(String owner) {
    Set<String> members =
        SDK_MEMBERS.getOrDefault(owner, NUMBER_MEMBERS.getOrDefault(owner, Set.of()));
    return members.stream()
        .map(member -> member.substring(0, member.indexOf('(')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A class of the SDK that a plugin may hold a reference to.
  public static boolean isSdkType(String name) {
    return SDK_MEMBERS.containsKey(name);
  }

  /// A class that the constant pool may name.
  public static boolean mayName(String name) {
    return name.equals(OBJECT)
        || name.equals(PLUGIN)
        || isSdkType(name)
        || NUMBER_MEMBERS.containsKey(name);
  }

  /// An instance method of the SDK.
  public static boolean isInstanceMethod(String owner, String name, String descriptor) {
    return has(SDK_MEMBERS, owner, name, descriptor);
  }

  /// A static method on numbers.
  public static boolean isStaticMethod(String owner, String name, String descriptor) {
    return has(NUMBER_MEMBERS, owner, name, descriptor);
  }

  /// `Object`'s constructor, the one method that `invokespecial` may name outside the plugin.
  public static boolean isObjectConstructor(String owner, String name, String descriptor) {
    return owner.equals(OBJECT) && name.equals("<init>") && descriptor.equals("()V");
  }

  public static boolean hasMethod(String owner, String name, String descriptor) {
    return isInstanceMethod(owner, name, descriptor)
        || isStaticMethod(owner, name, descriptor)
        || isObjectConstructor(owner, name, descriptor);
  }

  private static boolean has(
      Map<String, Set<String>> table, String owner, String name, String descriptor) {
    Set<String> members = table.get(owner);
    return members != null && members.contains(name + descriptor);
  }
}
