// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import dev.npa.hypervisor.VirtualMachine;
import dev.npa.shell.Shell;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.guest.GuestStack;
import dev.npa.shell.guest.GuestTask;
import dev.npa.shell.guest.InterruptController;
import dev.npa.shell.guest.Vcpu;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;

/// A virtual machine with the shell booted in it and a program on top that sends and receives.
public final class Guest implements AutoCloseable {
  private final VirtualMachine vm;
  private final Vcpu vcpu;
  private final Shell shell;
  private final Stack stack = new Stack();

  private Guest(
      VirtualMachine vm,
      InterruptController interrupts,
      Vcpu vcpu,
      ShellConfig config,
      Driver driver) {
    this.vm = vm;
    this.vcpu = vcpu;
    this.shell = driver.boot(vm.vmxnet3(), vm.memory(), interrupts, config, stack);
    vcpu.add(shell);
  }

  static Guest boot(
      VirtualMachine vm,
      InterruptController interrupts,
      Vcpu vcpu,
      ShellConfig config,
      Driver driver) {
    interrupts.onMessage(vcpu::wake);
    return new Guest(vm, interrupts, vcpu, config, driver);
  }

  public String name() {
    return vm.name();
  }

  public VirtualMachine vm() {
    return vm;
  }

  /// The driver; use it on the vCPU thread only, as [#call] does.
  public Shell shell() {
    return shell;
  }

  /// Runs something on the vCPU thread and waits for it.
  public <T> T call(Callable<T> operation) {
    return vcpu.call(operation);
  }

  /// Lets a program run on this guest's vCPU.
  public void run(GuestTask program) {
    vcpu.add(program);
  }

  /// Takes a program's turns away.
  public void stop(GuestTask program) {
    vcpu.remove(program);
  }

  public void wake() {
    vcpu.wake();
  }

  /// Sets where received frames go.
  public void receiveInto(FrameReader reader) {
    call(
        () -> {
          stack.reader = reader;
          return true;
        });
  }

  @Override
  public void close() {
    vcpu.remove(shell);
    call(
        () -> {
          shell.close();
          return true;
        });
  }

  /// Takes received frames, on the vCPU thread.
  public interface FrameReader {
    void read(MemorySegment memory, long offset, int lengthBytes);

    /// A burst of frames has ended.
    default void done() {}
  }

  private static final class Stack implements GuestStack {
    private FrameReader reader = (memory, offset, lengthBytes) -> {};

    @Override
    public void receive(MemorySegment memory, long offset, int lengthBytes) {
      reader.read(memory, offset, lengthBytes);
    }

    @Override
    public void receiveDone() {
      reader.done();
    }
  }
}
