// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// The data path of one NIC's virtual function, as its vendor writes it: nine entry points.
///
/// The plugin JAR names one final class that implements this interface and has a public constructor
/// without parameters. The shell makes one instance per virtual function and calls it from one
/// thread at a time. All state lives in the instance: static fields other than compile-time
/// constants are refused, so that two functions of one vendor share nothing.
///
/// Life of an instance: constructor, [#swInit], then for each queue [#reinitRxRing],
/// [#reinitTxRing] and [#addBuffersToRxRing], then [#enableInterrupt] and traffic. The shell may
/// start again at `reinit*` at any time. It may also stop calling at any time: the hypervisor takes
/// the function back without asking the guest, so there is no `close`.
///
/// Only the constructor and `swInit` may allocate. Every entry point returns within a cost bound
/// that the verifier computes or enforces. What an entry point throws, a return value outside its
/// range, or a DMA access outside what the shell granted is a fault: the function is quarantined
/// and the guest continues in emulated mode.
///
/// Source: `struct Plugin_Api` of the NPA RFC (2010). Every entry point there returns `uint32`.
public interface NpaPlugin {

  /// [#swInit], `reinit*`, `enable/disableInterrupt` and [#addBuffersToRxRing]: done.
  int OK = 0;

  /// [#addFrameToTxRing]: the frame is in the ring.
  int QUEUED = 0;

  /// [#addFrameToTxRing]: the ring has too few free descriptors; nothing of the frame was queued.
  int NO_SPACE = 1;

  /// [#addFrameToTxRing]: the frame asks for an offload that this plugin does not implement;
  /// nothing of it was queued. The shell does the work in software and offers the frame again.
  int UNSUPPORTED = 2;

  /// Initialises the software state. Called once, before any other entry point.
  ///
  /// Must not touch the hardware: at this point the BAR may not be mapped yet. This and the
  /// constructor are the only places that may allocate, for instance arrays sized by
  /// [TxQueue#ringSize].
  ///
  /// @param ps the function's state; the same object is passed to every later call
  /// @return [#OK], or any other value to decline the device (the guest stays in emulated mode)
  int swInit(PluginState ps);

  /// Brings a receive ring into its initial, empty state: zeroes it and sets head and tail to 0.
  ///
  /// Called while the function's data path is stopped. Must not hand back or reuse buffers found in
  /// the ring: the shell has already reclaimed them by id. Does not fill the ring; the shell calls
  /// [#addBuffersToRxRing] next. (The original filled it here as well; one place is enough.)
  ///
  /// @param queue receive queue, `0 <= queue < ps.numRxQueues()`
  /// @return [#OK], or any other value for a fault
  int reinitRxRing(PluginState ps, @Range(min = 0, max = PluginState.MAX_QUEUES - 1) int queue);

  /// Brings a transmit ring into its initial, empty state, as [#reinitRxRing] does. Frames still in
  /// the ring are forgotten: the shell knows them and sends them again where they were not sent.
  ///
  /// @param queue transmit queue, `0 <= queue < ps.numTxQueues()`
  /// @return [#OK], or any other value for a fault
  int reinitTxRing(PluginState ps, @Range(min = 0, max = PluginState.MAX_QUEUES - 1) int queue);

  /// Unmasks an interrupt vector. Work that became pending while the vector was masked must raise
  /// the interrupt now: no event may be lost between the last check of a ring and this call.
  ///
  /// @param intrIdx vector index, not a queue number; an index the device does not have is ignored
  /// @return [#OK], or any other value for a fault
  int enableInterrupt(PluginState ps, int intrIdx);

  /// Masks an interrupt vector.
  ///
  /// @param intrIdx vector index, not a queue number; an index the device does not have is ignored
  /// @return [#OK], or any other value for a fault
  int disableInterrupt(PluginState ps, int intrIdx);

  /// Puts one frame into a transmit ring.
  ///
  /// With `lastPktHint` false the frame is placed in the ring, but the device need not be told: the
  /// shell promises another call in the same context. With `lastPktHint` true every frame queued so
  /// far is published to the device before the call returns, **also when this frame itself is
  /// answered with [#NO_SPACE] or [#UNSUPPORTED]**. (The plugin that shipped forgot un-hinted
  /// frames in its doorbell value; the shell of the time hid that by always passing true.)
  ///
  /// Whenever the device is told of frames, the last of them must request a completion, so that
  /// [#checkTxRing] eventually reports every published frame. The plugin also requests completions
  /// often enough that the ring cannot fill up without one.
  ///
  /// `info` and `sgl` are reused by the shell after the call returns: nothing may be kept.
  ///
  /// @param queue transmit queue, `0 <= queue < ps.numTxQueues()`
  /// @param info offload requests and header offsets of the frame
  /// @param sgl the frame's fragments, at least one, none of length 0
  /// @param lastPktHint no further frame follows in this context: publish
  /// @return [#QUEUED], [#NO_SPACE] or [#UNSUPPORTED]
  int addFrameToTxRing(
      PluginState ps,
      @Range(min = 0, max = PluginState.MAX_QUEUES - 1) int queue,
      SendInfo info,
      SgList sgl,
      boolean lastPktHint);

  /// Reaps transmit completions and reports them with [ShellApi#completeSend], oldest first.
  ///
  /// @param queue transmit queue, `0 <= queue < ps.numTxQueues()`
  /// @return number of frames (before segmentation) reported by this call, `>= 0`
  int checkTxRing(PluginState ps, @Range(min = 0, max = PluginState.MAX_QUEUES - 1) int queue);

  /// Hands received frames to the shell with [ShellApi#indicateRecv], oldest first.
  ///
  /// Does not refill the ring; the shell calls [#addBuffersToRxRing] afterwards. (The RFC says the
  /// result tells whether buffers are needed, the shipped code returned the number of frames; the
  /// number is the contract here.)
  ///
  /// @param queue receive queue, `0 <= queue < ps.numRxQueues()`
  /// @param maxPkts budget in frames, `1 <= maxPkts <= 256`
  /// @return number of frames indicated by this call, `0 <= result <= maxPkts`; a result of
  ///   `maxPkts` means that more may be waiting
  int checkRxRing(
      PluginState ps,
      @Range(min = 0, max = PluginState.MAX_QUEUES - 1) int queue,
      @Range(min = 1, max = 256) int maxPkts);

  /// Fills a receive ring with as many buffers as fit and as the shell has, then tells the device.
  ///
  /// @param queue receive queue, `0 <= queue < ps.numRxQueues()`
  /// @return [#OK], or any other value for a fault
  int addBuffersToRxRing(
      PluginState ps, @Range(min = 0, max = PluginState.MAX_QUEUES - 1) int queue);
}
