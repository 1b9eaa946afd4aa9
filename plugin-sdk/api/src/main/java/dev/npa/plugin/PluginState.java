// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.util.List;
import java.util.Objects;

/// Everything a plugin instance may use: its registers, its rings, the shell.
///
/// Source: `Plugin_State` of the NPA RFC. The private scratch area of the original is not needed: a
/// plugin keeps its state in its own fields.
public final class PluginState {
  /// Number of words in [#deviceInfo].
  public static final int DEVICE_INFO_WORDS = 32;

  private final ShellApi shellApi;
  private final MmioRegion mmio;
  private final int[] deviceInfo;
  private final DmaRegion shared;
  private final RxQueue[] rxQueues;
  private final TxQueue[] txQueues;

  /// Most queues of one direction.
  public static final int MAX_QUEUES = 16;

  /// @throws IllegalArgumentException if `deviceInfo.length != 32`, or there are no or more than 16
  ///   queues of one direction
  @ShellOnly
  public PluginState(
      ShellApi shellApi,
      MmioRegion mmio,
      int[] deviceInfo,
      DmaRegion shared,
      RxQueue[] rxQueues,
      TxQueue[] txQueues) {
    if (deviceInfo.length != DEVICE_INFO_WORDS) {
      throw new IllegalArgumentException("deviceInfo.length = " + deviceInfo.length + " != 32");
    }
    checkQueues(rxQueues.length);
    checkQueues(txQueues.length);
    this.shellApi = Objects.requireNonNull(shellApi);
    this.mmio = Objects.requireNonNull(mmio);
    this.deviceInfo = deviceInfo.clone();
    this.shared = Objects.requireNonNull(shared);
    this.rxQueues = List.of(rxQueues).toArray(RxQueue[]::new); // which has no null in it
    this.txQueues = List.of(txQueues).toArray(TxQueue[]::new);
  }

  private static void checkQueues(int count) {
    if (count < 1 || count > MAX_QUEUES) {
      throw new IllegalArgumentException(count + " queues; 1 to " + MAX_QUEUES + " are possible");
    }
  }

  /// The calls the shell offers.
  @Cost(5)
  public ShellApi shellApi() {
    return shellApi;
  }

  /// The virtual function's register BAR (`memioAddr` of the original).
  @Cost(5)
  public MmioRegion mmio() {
    return mmio;
  }

  /// One word of the vendor's own data, passed from the PF driver through the hypervisor
  /// (`pluginData`). Its meaning is between the two.
  ///
  /// @throws IndexOutOfBoundsException if `index < 0` or `index >= 32`
  @Cost(5)
  public int deviceInfo(int index) {
    return deviceInfo[index];
  }

  /// Memory shared between the plugin and the PF driver, for instance for statistics.
  @Cost(5)
  public DmaRegion shared() {
    return shared;
  }

  /// Number of receive queues, `1 <= numRxQueues() <= 16`.
  @Cost(5)
  @Range(min = 1, max = MAX_QUEUES)
  public int numRxQueues() {
    return rxQueues.length;
  }

  /// Number of transmit queues, `1 <= numTxQueues() <= 16`.
  @Cost(5)
  @Range(min = 1, max = MAX_QUEUES)
  public int numTxQueues() {
    return txQueues.length;
  }

  /// A receive queue, by number.
  ///
  /// @throws IndexOutOfBoundsException if `queue < 0` or `queue >= numRxQueues()`
  @Cost(5)
  public RxQueue rxQueue(int queue) {
    return rxQueues[queue];
  }

  /// A transmit queue, by number.
  ///
  /// @throws IndexOutOfBoundsException if `queue < 0` or `queue >= numTxQueues()`
  @Cost(5)
  public TxQueue txQueue(int queue) {
    return txQueues[queue];
  }
}
