// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.VfListener;
import dev.npa.nic.Device;
import dev.npa.nic.MacAddress;
import java.util.Optional;

/// Watches over functions that run: takes back those that reached outside their guest's grant or
/// were reset by their user, and finds the guest behind a mailbox.
///
/// It has a turn of its own because taking a function back lets all other devices make rounds,
/// which the middle of another device's turn is no time for.
final class FunctionWatch implements Device, VfListener {
  private VirtualMachine[] vms = {};
  private int resets;
  private boolean busy;

  void watch(VirtualMachine[] all) {
    vms = all.clone();
  }

  @Override
  public boolean poll() {
    boolean any = false;
    if (!busy) {
      busy = true;
      int seen = resets;
      resets = 0; // Those that come meanwhile are for the next turn.
      for (VirtualMachine vm : vms) {
        any |= check(vm.lifeCycle(), seen);
        any |= vm.port().findFilter();
      }
      busy = false;
    }
    return any;
  }

  private boolean check(VfLifeCycle lifeCycle, int seen) {
    if (lifeCycle.hasFaulted()) {
      return lifeCycle.takeBack(Optional.of("memory access outside the guest's grant"));
    }
    return seen != 0
        && lifeCycle.vf().isPresent()
        && (seen & 1 << lifeCycle.vf().getAsInt()) != 0
        && lifeCycle.takeBack(Optional.of("reset by its user"));
  }

  @Override
  public void wasReset(int vf) {
    resets |= 1 << vf;
  }

  @Override
  public boolean macRequested(int vf, MacAddress mac) {
    return find(vf).map(vm -> vm.port().requestedByMailbox("MAC address " + mac)).orElse(false);
  }

  @Override
  public boolean maxFrameRequested(int vf, int lengthBytes) {
    return find(vf)
        .map(vm -> vm.port().requestedByMailbox("frames of " + lengthBytes + " bytes"))
        .orElse(false);
  }

  @Override
  public MacAddress mac(int vf) {
    return find(vf).map(vm -> vm.port().mac()).orElse(new MacAddress(0));
  }

  private Optional<VirtualMachine> find(int vf) {
    for (VirtualMachine vm : vms) {
      if (vm.lifeCycle().vf().orElse(-1) == vf) {
        return Optional.of(vm);
      }
    }
    return Optional.empty();
  }
}
