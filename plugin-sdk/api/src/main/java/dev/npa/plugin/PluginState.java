// SPDX-License-Identifier: MIT
package dev.npa.plugin;

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

  /// @throws IllegalArgumentException if `deviceInfo.length != 32`
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
    this.shellApi = shellApi;
    this.mmio = mmio;
    this.deviceInfo = deviceInfo.clone();
    this.shared = shared;
    this.rxQueues = rxQueues.clone();
    this.txQueues = txQueues.clone();
  }

  /// The calls the shell offers.
  public ShellApi shellApi() {
    return shellApi;
  }

  /// The virtual function's register BAR (`memioAddr` of the original).
  public MmioRegion mmio() {
    return mmio;
  }

  /// One word of the vendor's own data, passed from the PF driver through the hypervisor
  /// (`pluginData`). Its meaning is between the two.
  ///
  /// @throws IndexOutOfBoundsException if `index < 0` or `index >= 32`
  public int deviceInfo(int index) {
    return deviceInfo[index];
  }

  /// Memory shared between the plugin and the PF driver, for instance for statistics.
  public DmaRegion shared() {
    return shared;
  }

  /// Number of receive queues, `>= 1`.
  public int numRxQueues() {
    return rxQueues.length;
  }

  /// Number of transmit queues, `>= 1`.
  public int numTxQueues() {
    return txQueues.length;
  }

  /// A receive queue, by number.
  ///
  /// @throws IndexOutOfBoundsException if `queue < 0` or `queue >= numRxQueues()`
  public RxQueue rxQueue(int queue) {
    return rxQueues[queue];
  }

  /// A transmit queue, by number.
  ///
  /// @throws IndexOutOfBoundsException if `queue < 0` or `queue >= numTxQueues()`
  public TxQueue txQueue(int queue) {
    return txQueues[queue];
  }
}
