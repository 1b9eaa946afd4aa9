// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

/// Counts frames and bytes of one path. Written on the vCPU thread.
public final class Traffic {
  private long framesSent;
  private long bytesSent;
  private long framesReceived;
  private long bytesReceived;

  void sent(int frames, long bytes) {
    framesSent += frames;
    bytesSent += bytes;
  }

  void received(int frames, long bytes) {
    framesReceived += frames;
    bytesReceived += bytes;
  }

  public long framesSent() {
    return framesSent;
  }

  public long bytesSent() {
    return bytesSent;
  }

  public long framesReceived() {
    return framesReceived;
  }

  public long bytesReceived() {
    return bytesReceived;
  }
}
