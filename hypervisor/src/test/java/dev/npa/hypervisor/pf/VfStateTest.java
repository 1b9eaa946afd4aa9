// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576Registers;
import dev.npa.nic.i82576.VirtualFunction;
import dev.npa.nic.memory.IommuDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class VfStateTest {
  private final PfFixture fixture = new PfFixture();
  private final PfDriver pf = fixture.pf;

  /// NPA's operations on a virtual function, with the states in which they are allowed.
  enum Operation {
    GET_INFO,
    INIT,
    ACTIVATE,
    QUIESCE,
    RELEASE,
    SET_RSS_IND_TABLE,
    GET_QUEUE_STATS,
    GET_QUEUE_STATUS,
    SET_MAC,
    SET_MULTICAST,
    SET_RX_MODE,
    ADD_VLAN_RANGE,
    DEL_VLAN_RANGE,
    SET_DEFAULT_VLAN,
    SET_ANTISPOOF,
    SET_IML,
    SET_MTU;

    boolean isAllowedIn(VfState state) {
      return switch (this) {
        case GET_INFO, INIT -> state == VfState.ACQUIRED;
        case QUIESCE -> true;
        case GET_QUEUE_STATS -> state == VfState.ENABLED || state == VfState.RESET;
        case RELEASE -> state != VfState.FREE;
        default -> state == VfState.ENABLED;
      };
    }

    void on(PfDriver pf, int vf) {
      switch (this) {
        case GET_INFO -> assertThat(pf.vfGetInfo(vf).id()).hasToString("8086:10ca");
        case INIT -> pf.vfInit(vf, new VfParameters(1500, 0));
        case ACTIVATE -> pf.vfActivate(vf);
        case QUIESCE -> pf.vfQuiesce(vf);
        case RELEASE -> pf.vfRelease(vf);
        case SET_RSS_IND_TABLE -> pf.vfSetRssIndirectionTable(vf, new byte[128]);
        case GET_QUEUE_STATS -> {
          VfStatistics sum = new VfStatistics();
          pf.vfQueueStats(vf, sum);
          assertThat(sum.received() + sum.sent()).isZero();
        }
        case GET_QUEUE_STATUS -> assertThat(pf.vfQueueStatus(vf).rxHead()).isZero();
        case SET_MAC -> assertThat(pf.vfSetMac(vf, new MacAddress(0x02AA))).isTrue();
        case SET_MULTICAST -> pf.vfSetMulticast(vf, List.of());
        case SET_RX_MODE -> assertThat(pf.vfSetRxMode(vf, 1)).isTrue();
        case ADD_VLAN_RANGE -> assertThat(pf.vfAddVlans(vf, VlanSet.ALL)).isTrue();
        case DEL_VLAN_RANGE -> {
          // The uplink may use every VLAN: that needs more filters than there are.
          assertThat(pf.vfDelVlans(vf, VlanSet.of(7))).isFalse();
        }
        case SET_DEFAULT_VLAN -> pf.vfSetDefaultVlan(vf, Optional.empty());
        case SET_ANTISPOOF -> pf.vfSetAntiSpoof(vf, true);
        case SET_IML -> pf.vfSetInterruptModeration(vf, 3);
        case SET_MTU -> pf.vfSetMtu(vf, 9000);
      }
    }

    VfState after(VfState before) {
      return switch (this) {
        case INIT -> VfState.ENABLED;
        case RELEASE -> VfState.FREE;
        default -> before;
      };
    }
  }

  private static Stream<Arguments> everyOperationInEveryState() {
    List<Arguments> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (VfState state : VfState.values()) {
        all.add(Arguments.of(operation, state));
      }
    }
    return all.stream();
  }

  private int in(VfState state) {
    int vf = state == VfState.ACQUIRED ? fixture.acquire() : fixture.enable();
    if (state == VfState.FREE) {
      pf.vfRelease(vf);
    } else if (state == VfState.RESET) {
      VirtualFunction function = fixture.nic.virtualFunction(vf);
      function.assign(new IommuDomain(fixture.hostMemory), (address, data) -> true);
      function.function().bar(0).write32(I82576Registers.VTCTRL, I82576Registers.CTRL_RST);
      fixture.thread.pollUntilIdle();
    }
    assertThat(pf.vfState(vf)).isEqualTo(state);
    return vf;
  }

  @ParameterizedTest
  @MethodSource("everyOperationInEveryState")
  void allowsEachOperationInItsStatesOnly(Operation operation, VfState state) {
    int vf = in(state);

    if (operation.isAllowedIn(state)) {
      assertThatCode(() -> operation.on(pf, vf)).doesNotThrowAnyException();
      assertThat(pf.vfState(vf)).isEqualTo(operation.after(state));
    } else {
      assertThatIllegalStateException()
          .isThrownBy(() -> operation.on(pf, vf))
          .withMessageContaining(state.toString());
      assertThat(pf.vfState(vf)).isEqualTo(state);
    }
  }

  @Test
  void acquiresSevenFunctionsAndNoMore() {
    for (int i = 0; i < 7; i++) {
      assertThat(fixture.acquire()).isEqualTo(i);
    }
    assertThat(pf.vfAcquire(new VfRequirements(1500, 1, 1, 1, 0))).isEmpty();
  }

  @Test
  void acquiresNothingForRequirementsThatItCannotMeet() {
    assertThat(pf.vfAcquire(new VfRequirements(1500, 2, 2, 1, 0))).isEmpty();
    assertThat(pf.vfAcquire(new VfRequirements(9001, 1, 1, 1, 0))).isEmpty();
    assertThat(pf.vfAcquire(new VfRequirements(1500, 1, 1, 4, 0))).isEmpty();
    assertThat(pf.vfAcquire(new VfRequirements(1500, 1, 1, 1, 2))).isEmpty();
    assertThat(fixture.acquire()).isZero();
  }

  @Test
  void releasesAFunctionThatCannotBeInitialised() {
    int vf = fixture.acquire();

    assertThatIllegalArgumentException().isThrownBy(() -> pf.vfInit(vf, new VfParameters(9001, 0)));

    assertThat(pf.vfState(vf)).isEqualTo(VfState.FREE);
  }

  @Test
  void tellsWhenAFunctionWasResetByItsUser() {
    in(VfState.RESET);

    assertThat(fixture.asked).containsExactly("VF 0 reset");
  }
}
