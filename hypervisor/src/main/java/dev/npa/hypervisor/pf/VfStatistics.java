// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// Sums of what a virtual function counts; octets include the FCS. Not for several threads.
///
/// They are kept in place because a guest asks for them while its traffic runs.
public final class VfStatistics {
  private long received;
  private long receivedBytes;
  private long receivedLocal;
  private long sent;
  private long sentBytes;
  private long receiveDropped;

  /// All frames.
  public long received() {
    return received;
  }

  public long receivedBytes() {
    return receivedBytes;
  }

  /// Those of [#received] that came from other functions of the device.
  public long receivedLocal() {
    return receivedLocal;
  }

  public long sent() {
    return sent;
  }

  public long sentBytes() {
    return sentBytes;
  }

  /// Frames for which the function had no buffer.
  public long receiveDropped() {
    return receiveDropped;
  }

  void addReceived(long frames, long bytes, long local) {
    received += frames;
    receivedBytes += bytes;
    receivedLocal += local;
  }

  void addSent(long frames, long bytes) {
    sent += frames;
    sentBytes += bytes;
  }

  void addDropped(long frames) {
    receiveDropped += frames;
  }

  public void add(VfStatistics more) {
    addReceived(more.received, more.receivedBytes, more.receivedLocal);
    addSent(more.sent, more.sentBytes);
    addDropped(more.receiveDropped);
  }

  public void clear() {
    received = 0;
    receivedBytes = 0;
    receivedLocal = 0;
    sent = 0;
    sentBytes = 0;
    receiveDropped = 0;
  }
}
