// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.EntryCost;
import dev.npa.verifier.bytecode.VerifiedClasses;
import dev.npa.verifier.bytecode.flow.ControlFlow;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rewrite.Rewriter;
import dev.npa.verifier.bytecode.value.Certificate;
import dev.npa.verifier.bytecode.world.EntryPoints;
import dev.npa.verifier.bytecode.world.EntryPoints.EntryPoint;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Type;

/// Runs an accepted plugin as the shell would, with random arguments within the contract, and holds
/// it to what the gate claimed.
final class Trial {
  private final VerifiedClasses verified;
  private final Plugin plugin;
  private final Random random;
  private final Referee referee;
  private final Machine machine;
  private final Machine.Thing instance;

  /// @param certified what the certificate is about by which the claims are known: the vendor's
  ///   classes, as in the gate, or others whose methods are of the same names and lengths
  /// @param vendor what the gate was asked about
  Trial(
      SortedMap<String, byte[]> certified,
      SortedMap<String, byte[]> vendor,
      VerifiedClasses verified,
      Random random) {
    this.verified = verified;
    this.random = random;
    SortedMap<String, byte[]> classes = new TreeMap<>();
    verified.names().stream()
        .filter(name -> !name.endsWith(Meter.SUFFIX))
        .forEach(name -> classes.put(name, verified.bytes(name)));
    this.plugin = ClassReading.readWritten(classes, verified.entryClass(), new Refusals());
    this.referee = new Referee(flow(certified, vendor, plugin));
    this.machine = new Machine(plugin, random, referee);
    this.instance = Machine.create(plugin, verified.entryClass());
  }

  private static PluginFlow flow(
      SortedMap<String, byte[]> certified, SortedMap<String, byte[]> vendor, Plugin written) {
    Plugin read = ClassReading.read(vendor, written.entryName(), new Refusals());
    Certificate.Origins origins = Rewriter.rewrite(read, PluginFlow.beforeMetering(read)).origins();
    Plugin about = ClassReading.read(certified, written.entryName(), new Refusals());
    Certificate certificate =
        new Certificate(PluginFlow.beforeMetering(about).values(), mapped(origins, about));
    return PluginFlow.afterMetering(ControlFlow.of(written), certificate, PluginFlow.budget());
  }

  private static Certificate.Origins mapped(Certificate.Origins origins, Plugin about) {
    return new Certificate.Origins() {
      @Override
      public Optional<PluginMethod> method(PluginMethod written) {
        return origins
            .method(written)
            .flatMap(m -> about.method(m.owner().name(), m.name(), m.descriptor()));
      }

      @Override
      public int instruction(PluginMethod written, int index) {
        return origins.instruction(written, index);
      }
    };
  }

  Referee referee() {
    return referee;
  }

  /// @param calls of data-path entry points
  /// @param steps after this many bytecodes a call is cut off
  void run(int calls, long steps) {
    if (!enter(EntryPoints.CONSTRUCTOR, steps) || !enter(EntryPoints.SW_INIT, steps)) {
      return;
    }
    long setUpBytes = machine.heapBytes();
    expect(setUpBytes <= Meter.HEAP_BYTES, "set-up allocates " + setUpBytes);
    for (int i = 0; i < calls; i++) {
      List<EntryPoint> points = EntryPoints.DATA_PATH;
      enter(points.get(random.nextInt(points.size())), steps);
      expect(machine.heapBytes() == setUpBytes, "the data path allocates");
    }
  }

  /// @return whether the call came back
  private boolean enter(EntryPoint point, long steps) {
    PluginMethod method =
        plugin.method(verified.entryClass(), point.name(), point.descriptor()).orElseThrow();
    boolean returned = false;
    try {
      machine.call(method, arguments(point), steps);
      returned = true;
    } catch (Machine.Fault | Machine.Enough stopped) {
      // Faults are allowed; whether where they happened, the referee has said.
    }
    referee.reset();
    EntryCost bound =
        verified.report().entries().stream()
            .filter(entry -> entry.entryPoint().equals(point.name()))
            .findFirst()
            .orElseThrow();
    expect(
        machine.executed() <= bound.bytecodes(),
        point.name() + " executes " + machine.executed() + " of " + bound.bytecodes());
    return returned;
  }

  private List<Object> arguments(EntryPoint point) {
    List<Object> arguments = new ArrayList<>(List.of(instance));
    Type[] types = Type.getArgumentTypes(point.descriptor());
    for (int i = 0; i < types.length; i++) {
      EntryPoints.Argument range = EntryPoints.argument(point.name(), i);
      arguments.add(
          types[i].getSort() == Type.OBJECT
              ? Machine.shellObject(types[i].getInternalName())
              : (Object) (int) Numbers.within(random, range.min(), range.max()));
    }
    return arguments;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
