// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import dev.npa.plugin.host.ShellServices;

/// The five calls a plugin may make into the shell.
///
/// All of them may be made only from inside an entry point, on the thread that called it, and none
/// of them calls back into the plugin. Cost: constant, no allocation.
///
/// Source: `ps->shellApi` of the NPA RFC.
public final class ShellApi {
  /// Size of a small receive buffer in bytes (`SHELL_SMALL_RECV_BUFFER_SIZE`).
  public static final int SMALL_BUFFER_BYTES = 2048;

  /// Size of a large receive buffer in bytes (`SHELL_LARGE_RECV_BUFFER_SIZE`).
  public static final int LARGE_BUFFER_BYTES = 4096;

  /// [#log] level: the operator should know.
  public static final int LOG_ERROR = 1;

  /// [#log] level: for the vendor's support.
  public static final int LOG_INFO = 2;

  /// [#log] level: for the plugin's developer.
  public static final int LOG_DEBUG = 3;

  private final ShellServices services;

  @ShellOnly
  @SuppressWarnings("exports") // the shell alone sees ShellServices
  public ShellApi(ShellServices services) {
    this.services = services;
  }

  /// Takes a receive buffer of 2048 bytes and binds it to an id of the plugin's choice.
  ///
  /// The id (`ringOffset`) is what the plugin later names in [RecvFrame#addSg]. The shell keeps the
  /// binding, so it can reclaim every buffer without the plugin's help.
  ///
  /// @param queue handle of the receive queue that will hold the buffer
  /// @param ringOffset id, `0 <= ringOffset < 2 * queue's ringSize`, not bound at present; binding
  ///   a bound id is a fault
  /// @return I/O virtual address of the buffer, a multiple of 64, or 0 if the shell has no buffer
  ///   to give now
  @Cost(150)
  public long allocSmallBuffer(RxQueueHandle queue, int ringOffset) {
    return services.allocSmallBuffer(queue, ringOffset);
  }

  /// Takes a receive buffer of 4096 bytes, for continuations of large frames. As
  /// [#allocSmallBuffer] otherwise; the address is a multiple of 64 as well.
  @Cost(150)
  public long allocLargeBuffer(RxQueueHandle queue, int ringOffset) {
    return services.allocLargeBuffer(queue, ringOffset);
  }

  /// Passes a received frame up. The buffers named in it become the guest's and their ids unbound.
  ///
  /// Only from inside [NpaPlugin#checkRxRing]. The shell copies what it needs out of `frame` before
  /// it returns, so the same object is filled again for the next frame.
  @Cost(500)
  public void indicateRecv(RxQueueHandle queue, RecvFrame frame) {
    services.indicateRecv(queue, frame);
  }

  /// Reports that the `numPkts` oldest frames of a transmit queue are sent: their memory is the
  /// guest's again. Completion is in order, so no cookie is needed.
  ///
  /// @param numPkts `0 <= numPkts <=` frames queued and not yet completed; more is a fault
  @Cost(500)
  public void completeSend(TxQueueHandle queue, int numPkts) {
    services.completeSend(queue, numPkts);
  }

  /// Writes one line to the guest's log, rate-limited by the shell.
  ///
  /// @param level [#LOG_ERROR], [#LOG_INFO] or [#LOG_DEBUG]
  /// @param message fixed text of at most 120 printable ASCII characters; not a format string
  /// @param value a number printed after the text
  @Cost(5000)
  public void log(int level, String message, long value) {
    services.log(level, message, value);
  }
}
