// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A host that writes down what it is asked, forbids what a test says, and keeps the frames sent.
final class RecordingHost implements Vmxnet3Host, FramePort {
  final List<String> calls = new ArrayList<>();
  final List<byte[]> frames = new ArrayList<>();
  boolean allow = true;
  int result = Vmxnet3Command.RESULT_OK;
  int room = Integer.MAX_VALUE;
  int flushes;
  Runnable duringCall = () -> {};
  Optional<FunctionCounters> counters = Optional.empty();

  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (room == 0) {
      return false;
    }
    room--;
    frames.add(memory.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
    return true;
  }

  @Override
  public void flush() {
    flushes++;
  }

  @Override
  public FramePort uplink() {
    return this;
  }

  private boolean asked(String call) {
    calls.add(call);
    return allow;
  }

  private int answered(String call) {
    calls.add(call);
    duringCall.run();
    return result;
  }

  @Override
  public boolean macRequested(MacAddress mac) {
    return asked("mac " + mac);
  }

  @Override
  public boolean mtuRequested(int mtu) {
    return asked("mtu " + mtu);
  }

  @Override
  public boolean rxModeRequested(int rxMode) {
    return asked("rxMode " + rxMode);
  }

  @Override
  public boolean multicastRequested(List<MacAddress> groups) {
    return asked("multicast " + groups);
  }

  @Override
  public boolean vlansRequested(int[] vlanTable) {
    return asked("vlans " + vlanTable.length);
  }

  @Override
  public void activated() {
    answered("activated");
  }

  @Override
  public void stopped() {
    calls.add("stopped");
  }

  @Override
  public int loadPlugin(int version, long address, int lengthBytes) {
    return answered("loadPlugin " + version + " " + address + " " + lengthBytes);
  }

  @Override
  public int memoryRegistered(List<MemoryRegion> regions) {
    return answered("memory " + regions);
  }

  @Override
  public int emulationStopped() {
    return answered("emulationStopped");
  }

  @Override
  public int activateVf() {
    return answered("activateVf");
  }

  @Override
  public Optional<FunctionCounters> functionCounters() {
    return counters;
  }
}
